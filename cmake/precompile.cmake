# SPDX-License-Identifier: Apache-2.0
# Half of a build from nothing is reading the same headers and making the same templates again. With CIMRTL_PRECOMPILE
# the headers are read once and a room's sources are compiled some dozens at a time; by default it is on where there is no
# ccache, which knows no shared precompiled headers and makes both needless from the second build on. A name in an
# anonymous namespace is therefore the only one in its room.
if(CCACHE)
  set(precompile_default OFF)
else()
  set(precompile_default ON)
endif()
option(CIMRTL_PRECOMPILE "Precompiled headers, many sources at a time, and no ccache" ${precompile_default})

# Rooms that work on text, once a command: their speed is nothing, their build time much. (Source files may ask for
# more.) A build that is not optimized is as it is.
set(text_options $<$<CONFIG:Release,RelWithDebInfo>:-O1>)

if(CIMRTL_PRECOMPILE)
  unset(CMAKE_CXX_COMPILER_LAUNCHER)
  file(WRITE "${PROJECT_BINARY_DIR}/precompiled.cpp" "")
  # One for each optimization: a compiler takes those alone that were made with its own options.
  foreach(kind precompiled precompiled_text)
    add_library(cimrtl_${kind} OBJECT "${PROJECT_BINARY_DIR}/precompiled.cpp")
    target_link_libraries(cimrtl_${kind} PRIVATE fmt::fmt cimrtl_warnings)
    target_precompile_headers(
      cimrtl_${kind}
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
  endforeach()
  target_compile_options(cimrtl_precompiled_text PRIVATE ${text_options})
endif()

# The target's sources are compiled together (never for each instruction set: Highway reads such a file several times).
function(cimrtl_unite target)
  if(CIMRTL_PRECOMPILE)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 26)
  endif()
endfunction()

# The room's sources may use them; each file names what it includes all the same.
function(cimrtl_precompile target)
  cimrtl_unite(${target})
  if(CIMRTL_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM cimrtl_precompiled)
  endif()
endfunction()

function(cimrtl_text_room target)
  target_compile_options(${target} PRIVATE ${text_options})
  get_target_property(reused ${target} PRECOMPILE_HEADERS_REUSE_FROM)
  if(reused)
    set_target_properties(${target} PROPERTIES PRECOMPILE_HEADERS_REUSE_FROM cimrtl_precompiled_text)
  endif()
endfunction()
