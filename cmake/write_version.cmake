# The commit as git says it, or as it stands in a source archive (.gitattributes); "unknown" without both. Looks no further up
# than the sources: an archive that was unpacked within some other repository isn't of its commit.
get_filename_component(ceiling ${SOURCE} DIRECTORY)
set(ENV{GIT_CEILING_DIRECTORIES} ${ceiling})
execute_process(COMMAND git -C ${SOURCE} describe --always --dirty --abbrev=12
                OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE status)
if(NOT status EQUAL 0)
    file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/archived_commit archived LIMIT_COUNT 1)
    set(commit unknown)
    if(archived MATCHES "^[0-9a-f]+$")
        string(SUBSTRING ${archived} 0 12 commit)
    endif()
endif()
set(text "#pragma once

namespace entrepot {

inline constexpr char kVersion[] = \"${VERSION}\";
inline constexpr char kCommit[] = \"${commit}\";

}  // namespace entrepot
")
if(EXISTS ${HEADER})
    file(READ ${HEADER} existing)
endif()
if(NOT "${existing}" STREQUAL "${text}")
    file(WRITE ${HEADER} "${text}")
endif()
