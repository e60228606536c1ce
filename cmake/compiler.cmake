# One set of compiler settings for every target.

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")

# The same sums on every machine of one instruction set: no fused multiply-add that the source doesn't ask for.

add_compile_options(-ffp-contract=off -Wall -Wextra -Wpedantic -Wshadow)
add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-Wconversion> -Wno-sign-conversion -Wno-missing-field-initializers)

option(ENTREPOT_WERROR "Treat warnings as errors" OFF)
if(ENTREPOT_WERROR)
    add_compile_options(-Werror)
endif()

# "address,undefined" or "thread"; see CMakePresets.json.
set(ENTREPOT_SANITIZE "" CACHE STRING "Sanitizers to build with")
if(ENTREPOT_SANITIZE)
    # vptr checks trip over TBB, which is built without run-time type information for some of its classes.
    add_compile_options(-fsanitize=${ENTREPOT_SANITIZE} -fno-sanitize=vptr -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${ENTREPOT_SANITIZE})
    # Such code is to be built soon rather than to run fast; and what gcc says of itself, clang is to say, too.
    add_compile_options(-O1)
    string(REPLACE "," ";" sanitizers ${ENTREPOT_SANITIZE})
    foreach(sanitizer ${sanitizers})
        string(TOUPPER ${sanitizer} sanitizer)
        add_compile_definitions($<$<CXX_COMPILER_ID:Clang>:__SANITIZE_${sanitizer}__=1>)
    endforeach()
endif()

# What libFuzzer sees of the code that it calls. It is to be built soon rather than to run fast.
option(ENTREPOT_FUZZ "Build the programs of tests/fuzz, with clang" OFF)
if(ENTREPOT_FUZZ)
    add_compile_options(-O1 -fsanitize=fuzzer-no-link)
endif()

option(ENTREPOT_COVERAGE "Record line coverage" OFF)
if(ENTREPOT_COVERAGE)
    add_compile_options(--coverage -fprofile-update=atomic)
    add_link_options(--coverage)
endif()

find_program(ENTREPOT_CCACHE ccache)
if(ENTREPOT_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${ENTREPOT_CCACHE})
endif()
