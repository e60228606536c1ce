execute_process(COMMAND git -C ${SOURCE} describe --always --dirty --abbrev=12
                OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE status)
if(NOT status EQUAL 0)
    set(commit unknown)
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
