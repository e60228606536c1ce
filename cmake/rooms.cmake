# A room is a top-level folder, one library, and a list of the rooms that it may include.
#
# Headers are included as "room/file.hpp". A room's include folder holds nothing but a link to that one room, so a
# target sees the rooms that it links and no others: a wrong include does not build.

# Most of what a file costs to compile is its headers: a release reads them once for several files (0 for all). What is
# private to a file is therefore named for itself. Other builds, clang-tidy's among them, take each file alone.
function(entrepot_compile_together target files)
    if(CMAKE_BUILD_TYPE STREQUAL "Release")
        set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${files})
    endif()
endfunction()

function(entrepot_expose target scope room)  # files of the room, or none for all of it
    set(window ${PROJECT_BINARY_DIR}/include/${target})
    if(ARGN)
        foreach(file ${ARGN})
            get_filename_component(folder ${window}/${room}/${file} DIRECTORY)
            file(MAKE_DIRECTORY ${folder})
            file(CREATE_LINK ${PROJECT_SOURCE_DIR}/${room}/${file} ${window}/${room}/${file} SYMBOLIC)
        endforeach()
    else()
        file(MAKE_DIRECTORY ${window})
        file(CREATE_LINK ${PROJECT_SOURCE_DIR}/${room} ${window}/${room} SYMBOLIC)
    endif()
    target_include_directories(${target} ${scope} ${window})
endfunction()

# entrepot_room(<name> [USES targets...] [LIBRARIES targets...]): the library entrepot_<name> from all *.cpp of the
# folder and its sub-folders, but for main.cpp.
function(entrepot_room name)
    cmake_parse_arguments(ROOM "" "" "USES;LIBRARIES;PRIVATE_LIBRARIES" ${ARGN})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
    list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
    set(target entrepot_${name})
    add_library(${target} STATIC ${sources})
    entrepot_compile_together(${target} 8)
    entrepot_expose(${target} PUBLIC ${name})
    target_link_libraries(${target} PUBLIC ${ROOM_USES} ${ROOM_LIBRARIES} PRIVATE ${ROOM_PRIVATE_LIBRARIES})
endfunction()
