# SPDX-License-Identifier: Apache-2.0
# Half of a build from nothing is reading the same headers again. With CIMRTL_PRECOMPILE they are read once; by default
# it is on where there is no ccache, which knows no shared precompiled headers and makes them needless from the second
# build on.
if(CCACHE)
  set(precompile_default OFF)
else()
  set(precompile_default ON)
endif()
option(CIMRTL_PRECOMPILE "Precompiled headers, and no ccache" ${precompile_default})

if(CIMRTL_PRECOMPILE)
  unset(CMAKE_CXX_COMPILER_LAUNCHER)
  file(WRITE "${PROJECT_BINARY_DIR}/precompiled.cpp" "")
  add_library(cimrtl_precompiled OBJECT "${PROJECT_BINARY_DIR}/precompiled.cpp")
  target_link_libraries(cimrtl_precompiled PRIVATE fmt::fmt cimrtl_warnings)
  target_precompile_headers(
    cimrtl_precompiled
    PRIVATE
    <algorithm>
    <filesystem>
    <fmt/format.h>
    <fstream>
    <functional>
    <map>
    <optional>
    <set>
    <string>
    <string_view>
    <vector>)
endif()

# The room's sources may use them; each file names what it includes all the same.
function(cimrtl_precompile target)
  if(CIMRTL_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM cimrtl_precompiled)
  endif()
endfunction()

# Rooms that work on text, once a command: their speed is nothing, their build time much. (Source files may ask for
# more.) A build that is not optimized is as it is.
function(cimrtl_text_room target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release,RelWithDebInfo>:-O1>)
endfunction()
