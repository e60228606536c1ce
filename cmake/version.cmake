# The program's version and the commit that it was built from, as <build>/generated/entrepot_version.hpp. The file is
# looked at in every build and touched only when it changes. Works without git: the commit is then "unknown".

set(version_script ${CMAKE_CURRENT_LIST_DIR}/write_version.cmake)
set(version_header ${PROJECT_BINARY_DIR}/generated/entrepot_version.hpp)
set(version_command ${CMAKE_COMMAND} -DSOURCE=${PROJECT_SOURCE_DIR} -DHEADER=${version_header}
                    -DVERSION=${PROJECT_VERSION} -P ${version_script})
execute_process(COMMAND ${version_command})
add_custom_target(entrepot_write_version COMMAND ${version_command} BYPRODUCTS ${version_header} VERBATIM)

add_library(entrepot_version INTERFACE)
target_include_directories(entrepot_version INTERFACE ${PROJECT_BINARY_DIR}/generated)
add_dependencies(entrepot_version entrepot_write_version)
