# SPDX-License-Identifier: Apache-2.0
# A room of the project: folder, namespace, include path and library have one name.
#   cimrtl_room(NAME LIBRARIES...): headers in include/NAME, sources in src/, library cimrtl_NAME (cimrtl::NAME).
# LIBRARIES are what its headers need; what its sources alone need is linked by the caller.
function(cimrtl_room name)
  file(GLOB sources CONFIGURE_DEPENDS src/*.cpp)
  add_library(cimrtl_${name} STATIC ${sources})
  add_library(cimrtl::${name} ALIAS cimrtl_${name})
  target_include_directories(cimrtl_${name} PUBLIC $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include> PRIVATE src)
  target_link_libraries(cimrtl_${name} PUBLIC ${ARGN} PRIVATE fmt::fmt $<BUILD_INTERFACE:cimrtl_warnings>)
  cimrtl_precompile(cimrtl_${name})
  cimrtl_install_library(${name})
  install(DIRECTORY include/ DESTINATION "${CIMRTL_INCLUDE_DIR}")
endfunction()
