# SPDX-License-Identifier: Apache-2.0
# Writes OUT, a C++ file with one row {path, contents} for each file named in LIST, as
# NAMESPACE::embedded_resources() (base/resources.hpp). Paths are relative to FOLDER.
file(STRINGS "${LIST}" files)
list(SORT files)
set(text "#include \"base/resources.hpp\"\n\nnamespace ${NAMESPACE} {\n")
string(APPEND text "std::span<const base::Resource> embedded_resources();\n")
string(APPEND text "std::span<const base::Resource> embedded_resources() {\n")
string(APPEND text "    static const base::Resource table[] = {\n        {\"\", \"\"},\n")
foreach(file IN LISTS files)
  file(RELATIVE_PATH relative "${FOLDER}" "${file}")
  file(READ "${file}" contents)
  string(APPEND text "        {\"${relative}\", R\"cimrtl_res(${contents})cimrtl_res\"},\n")
endforeach()
string(APPEND text "    };\n    return std::span(table).subspan(1);\n}\n}  // namespace ${NAMESPACE}\n")
file(WRITE "${OUT}" "${text}")
