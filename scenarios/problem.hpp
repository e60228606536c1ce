#pragma once

#include <string>
#include <vector>

namespace entrepot::scenarios {

/// Something in the user's text that can't be accepted, with the place where it stands.
struct Problem {
    std::string file;          ///< as the user named it; "--set" for an override on the command line
    int line = 0, column = 0;  ///< from 1; the ordinal of the override for "--set"; 0 = the whole file
    std::string path;          ///< dotted key, such as site.SE.absence
    std::string message;       ///< "got X, want Y", with a suggestion where there is a likely one
};

/// `file:line:column: path: message`
std::string to_string(const Problem& problem);

/// The candidate that `word` most likely misspells, or nothing. Damerau-Levenshtein distance of at most a third of the
/// word's length, and less than all of it; capitals count as small letters.
std::string nearest(const std::string& word, const std::vector<std::string>& candidates);

/// " (did you mean Z?)", or nothing.
std::string suggestion(const std::string& word, const std::vector<std::string>& candidates);

/// "one of X, Y, Z", so many at most.
inline constexpr std::size_t kMostListed = 10;
std::string some_of(const std::vector<std::string>& names);

}  // namespace entrepot::scenarios
