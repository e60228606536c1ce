#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

namespace entrepot::scenarios {

/// Something in the user's text that can't be accepted, with the place where it stands.
struct Problem {
    std::string file;          ///< as the user named it; "--set" for an override on the command line
    int line = 0, column = 0;  ///< from 1; the ordinal of the override for "--set"; 0 = the whole file
    std::string path;          ///< dotted key, such as site.SE.absence
    std::string message;       ///< "got X, want Y", with a suggestion where there is a likely one
    std::string rests_on{};    ///< a key without whose value, where it could not be read, nobody can tell
    bool of_name = false;      ///< the key itself names nothing that there is: what its value is doesn't matter
};

/// `file:line:column: path: message`, printable.
std::string to_string(const Problem& problem);

/// All that is wrong with a text, of which the first are told and the rest is counted: a file with a million mistakes
/// must flood neither the terminal nor the memory.
class Problems {
public:
    static constexpr std::size_t kMostTold = 100;

    void push_back(Problem problem);
    /// The same, unless it stands there already: what many parts share is told once. `as`: what tells it from others at
    /// the same place, in place of its message.
    void push_once(Problem problem, const std::string& as = "");
    /// What was said of a key before something better was known of it.
    void drop(const std::string& path) {
        std::erase_if(told_, [&](const Problem& problem) { return problem.path == path; });
    }
    /// Those of another reading, too, with what it left out.
    void append(const Problems& others);

    std::size_t size() const { return told_.size() + left_out_; }  ///< told or not
    bool empty() const { return told_.empty(); }
    /// Nothing more is told: who would look long for good advice need not.
    bool full() const { return told_.size() == kMostTold; }
    std::size_t left_out() const { return left_out_; }
    void leave_out(std::size_t more) { left_out_ += more; }

    auto begin() const { return told_.begin(); }
    auto end() const { return told_.end(); }
    auto begin() { return told_.begin(); }
    auto end() { return told_.end(); }
    const Problem& front() const { return told_.front(); }
    const Problem& operator[](std::size_t i) const { return told_[i]; }

private:
    std::vector<Problem> told_;
    std::size_t left_out_ = 0;
    std::unordered_set<std::uint64_t> once_;  ///< hashes of the places and messages of `push_once`
};

/// All of them, a line each, the last of which says how many more there are.
std::string to_string(const Problems& problems);

/// The candidate that `word` most likely misspells, or nothing. Damerau-Levenshtein distance of at most a third of the
/// word's length, and less than all of it; capitals count as small letters.
std::string nearest(const std::string& word, const std::vector<std::string>& candidates);

/// " (did you mean Z?)", or nothing.
std::string suggestion(const std::string& word, const std::vector<std::string>& candidates);

/// "one of X, Y, Z", so many at most.
inline constexpr std::size_t kMostListed = 10;
std::string some_of(const std::vector<std::string>& names);

}  // namespace entrepot::scenarios
