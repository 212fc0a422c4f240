# A room of the project: folder, namespace, include path and library have one name.
#   cimrtl_room(NAME LIBRARIES...): headers in include/NAME, sources in src/, library cimrtl_NAME (cimrtl::NAME).
# LIBRARIES are what its headers need; what its sources alone need is linked by the caller.
function(cimrtl_room name)
  file(GLOB sources CONFIGURE_DEPENDS src/*.cpp)
  add_library(cimrtl_${name} STATIC ${sources})
  add_library(cimrtl::${name} ALIAS cimrtl_${name})
  target_include_directories(cimrtl_${name} PUBLIC include PRIVATE src)
  target_link_libraries(cimrtl_${name} PUBLIC ${ARGN} PRIVATE fmt::fmt cimrtl_warnings)
endfunction()
