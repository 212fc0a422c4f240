# SPDX-License-Identifier: Apache-2.0
# cimrtl_embed(ROOM FOLDER [PATTERN...]): the files below FOLDER (or those that match) travel inside the room's library,
# as ROOM::embedded_resources(). The list file changes when a file is added or removed.
function(cimrtl_embed room folder)
  set(patterns ${ARGN})
  if(NOT patterns)
    set(patterns "*")
  endif()
  list(TRANSFORM patterns PREPEND "${folder}/")
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${patterns})
  cimrtl_embed_files(cimrtl_${room} ${room} "${folder}" "${files}")
endfunction()

# cimrtl_embed_files(TARGET NAMESPACE FOLDERS FILES): FILES, each below one of FOLDERS, inside TARGET as
# NAMESPACE::embedded_resources().
function(cimrtl_embed_files target namespace folders files)
  list(FILTER files EXCLUDE REGEX "/\\.[^/]*$|~$")
  set(list "${CMAKE_CURRENT_BINARY_DIR}/${namespace}_embed_list.txt")
  set(out "${CMAKE_CURRENT_BINARY_DIR}/${namespace}_embedded_resources.cpp")
  string(REPLACE ";" "\n" text "${files}")
  file(GENERATE OUTPUT "${list}" CONTENT "${text}\n")
  set(script "${PROJECT_SOURCE_DIR}/cmake/embed_file.cmake")
  add_custom_command(
    OUTPUT "${out}"
    COMMAND ${CMAKE_COMMAND} "-DLIST=${list}" "-DFOLDERS=${folders}" "-DNAMESPACE=${namespace}" "-DOUT=${out}" -P
            "${script}"
    DEPENDS ${files} "${list}" "${script}"
    COMMENT "Embedding ${folders}"
    VERBATIM)
  target_sources(${target} PRIVATE "${out}")
endfunction()
