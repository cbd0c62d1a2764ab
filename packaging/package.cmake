# The Debian package: cpack -G DEB, or ./setup package. Nothing in it depends on when, where or by
# whom it was built: times come from SOURCE_DATE_EPOCH, paths are cut off by the compiler's
# prefix maps, permissions are written out here, and the tar archive is sorted by cpack.
option(PACKAGE "lay files out as a Debian package wants them" OFF)
set(PACKAGE_MAINTAINER "The bursar maintainers <maintainers@bursar.invalid>" CACHE STRING
    "who answers for the package: 'Name <address>'")

if(PACKAGE)
    find_program(GZIP gzip REQUIRED)
    # In English and UTC, as Debian's policy has it.
    string(TIMESTAMP PACKAGE_DATE "%a, %d %b %Y %H:%M:%S +0000" UTC)
    set(made ${PROJECT_BINARY_DIR}/packaging)
    file(READ LICENSE licence)
    string(REPLACE "\n\n" "\n.\n" licence "${licence}")
    string(REPLACE "\n" "\n " licence "${licence}")
    configure_file(packaging/copyright.in ${made}/copyright @ONLY)
    configure_file(packaging/changelog.in ${made}/changelog @ONLY)
    execute_process(COMMAND ${GZIP} -9nf ${made}/changelog COMMAND_ERROR_IS_FATAL ANY)
    install(FILES ${made}/copyright ${made}/changelog.gz DESTINATION ${CMAKE_INSTALL_DOCDIR})
    install(CODE "
        file(GLOB pages LIST_DIRECTORIES false
            \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_MANDIR}/man*/*.[1-9]\")
        foreach(page \${pages})
            execute_process(COMMAND ${GZIP} -9nf \${page} COMMAND_ERROR_IS_FATAL ANY)
        endforeach()")
else()
    install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT ${PACKAGE_MAINTAINER})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "pays and messages crowd workers from a file, exactly once")
set(CPACK_PACKAGE_DESCRIPTION
    "bursar pays bonuses, assigns qualifications and sends messages to the people
who took part in a crowdsourcing task, from a YAML file that can be committed.
It previews every action with its cost, carries each one out exactly once, and
keeps a journal, so that a rerun after any failure finishes the rest and never
pays twice. A simulator of the marketplace is built in, on which everything can
be rehearsed without an account.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE
    GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS ca-certificates)
include(CPack)
