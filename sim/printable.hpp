#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Text that comes from outside, so that neither a terminal nor a reader is deceived by it.
namespace entrepot::sim {

/// Most bytes of a name, and of a text for people. What reads files that are made of them may rely on it.
inline constexpr std::size_t kMostOfName = 250, kMostOfText = 100'000;

/// Bytes of the first character that is not to be seen as what it is, and where it stands: a control character (of
/// ASCII, line breaks and tabs too, or C1), a sign that turns the direction of writing or breaks the line, or bytes
/// that are no UTF-8. Both 0 and `text.size()` where there is none.
struct Hidden {
    std::size_t at = 0, size = 0;
    explicit operator bool() const { return size > 0; }
};
Hidden first_hidden(std::string_view text);

/// The text with each hidden character as its code: "\x1b", "\u202e".
std::string printable(std::string_view text);

}  // namespace entrepot::sim
