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
  list(FILTER files EXCLUDE REGEX "/\\.[^/]*$|~$")
  set(list "${CMAKE_CURRENT_BINARY_DIR}/embed_list.txt")
  set(out "${CMAKE_CURRENT_BINARY_DIR}/embedded_resources.cpp")
  string(REPLACE ";" "\n" text "${files}")
  file(GENERATE OUTPUT "${list}" CONTENT "${text}\n")
  set(script "${PROJECT_SOURCE_DIR}/cmake/embed_file.cmake")
  add_custom_command(
    OUTPUT "${out}"
    COMMAND ${CMAKE_COMMAND} "-DLIST=${list}" "-DFOLDER=${folder}" "-DNAMESPACE=${room}" "-DOUT=${out}" -P "${script}"
    DEPENDS ${files} "${list}" "${script}"
    COMMENT "Embedding ${folder}"
    VERBATIM)
  target_sources(cimrtl_${room} PRIVATE "${out}")
endfunction()
