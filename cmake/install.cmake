# SPDX-License-Identifier: Apache-2.0
# cmake --install: the program with its man page and completions, the rooms' libraries and headers, and a package for
# find_package(cimrtl). cpack -G DEB: all of it as a Debian package.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(CIMRTL_INCLUDE_DIR "${CMAKE_INSTALL_INCLUDEDIR}/cimrtl")
set(CIMRTL_CONFIG_DIR "${CMAKE_INSTALL_LIBDIR}/cmake/cimrtl")

# cimrtl_install_library(NAME): library cimrtl_NAME, to others cimrtl::NAME.
function(cimrtl_install_library name)
  set_target_properties(cimrtl_${name} PROPERTIES EXPORT_NAME ${name})
  target_include_directories(cimrtl_${name} INTERFACE $<INSTALL_INTERFACE:${CIMRTL_INCLUDE_DIR}>)
  install(TARGETS cimrtl_${name} EXPORT cimrtlTargets ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
endfunction()

# After all rooms.
function(cimrtl_install_package)
  install(EXPORT cimrtlTargets NAMESPACE cimrtl:: DESTINATION "${CIMRTL_CONFIG_DIR}")
  set(config "${PROJECT_BINARY_DIR}/cimrtlConfig.cmake")
  set(version "${PROJECT_BINARY_DIR}/cimrtlConfigVersion.cmake")
  configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/cimrtlConfig.cmake.in" "${config}"
                                INSTALL_DESTINATION "${CIMRTL_CONFIG_DIR}")
  write_basic_package_version_file("${version}" COMPATIBILITY SameMinorVersion)
  install(FILES "${config}" "${version}" DESTINATION "${CIMRTL_CONFIG_DIR}")
  install(FILES "${PROJECT_SOURCE_DIR}/README.md" "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
  install(DIRECTORY "${PROJECT_SOURCE_DIR}/generator/configs/" DESTINATION "${CMAKE_INSTALL_DOCDIR}/configs")
endfunction()

# The man page and the completions, from what the program's own --help says.
function(cimrtl_install_pages program)
  set(pages "${PROJECT_BINARY_DIR}/pages")
  set(script "${PROJECT_SOURCE_DIR}/cli/pages.sh")
  add_custom_command(
    OUTPUT "${pages}/cimrtl.1" "${pages}/cimrtl" "${pages}/_cimrtl"
    COMMAND sh "${script}" $<TARGET_FILE:${program}> "${pages}"
    DEPENDS ${program} "${script}"
    COMMENT "Writing the man page and completions"
    VERBATIM)
  add_custom_target(cimrtl_pages ALL DEPENDS "${pages}/cimrtl.1")
  install(FILES "${pages}/cimrtl.1" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
  install(FILES "${pages}/cimrtl" DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
  # Where zsh of Debian looks below /usr, and below /usr/local.
  install(FILES "${pages}/_cimrtl" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions")
  install(FILES "${pages}/_cimrtl" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
endfunction()

# What is built is packed; nothing is built for it.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
set(CPACK_PACKAGE_NAME cimrtl)
set(CPACK_PACKAGE_VENDOR cimrtl)
set(CPACK_PACKAGE_CONTACT "cimrtl maintainers <maintainers@cimrtl.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "RTL generator for the digital side of compute-in-memory macros")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION electronics)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "verilator, yosys, make, g++, zlib1g-dev")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "gnuplot-nox")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON) # needs dpkg-dev
include(CPack)
