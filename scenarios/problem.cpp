#include "scenarios/problem.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/printable.hpp"
#include "sim/random.hpp"

namespace entrepot::scenarios {

namespace {

/// Edits, insertions, deletions and swaps of neighbours that turn a into b (optimal string alignment).
std::size_t distance(const std::string& a, const std::string& b) {
    const std::size_t width = b.size() + 1;
    std::vector<std::size_t> d((a.size() + 1) * width);
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            std::size_t& best = d[i * width + j];
            if (i == 0 || j == 0) {
                best = i + j;
                continue;
            }
            const bool same = a[i - 1] == b[j - 1];
            best = std::min(
                {d[(i - 1) * width + j] + 1, d[i * width + j - 1] + 1, d[(i - 1) * width + j - 1] + (same ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                best = std::min(best, d[(i - 2) * width + j - 2] + 1);
            }
        }
    }
    return d.back();
}

std::string lower_case(std::string word) {
    for (char& c : word) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return word;
}

}  // namespace

std::string to_string(const Problem& problem) {
    std::string text = problem.file;
    if (problem.line > 0) text += fmt::format(":{}:{}", problem.line, problem.column);
    if (!problem.path.empty()) text += ": " + problem.path;
    return sim::printable(text + ": " + problem.message);
}

void Problems::push_back(Problem problem) {
    if (full()) {
        ++left_out_;
    } else {
        told_.push_back(std::move(problem));
    }
}

void Problems::push_once(Problem problem, const std::string& as) {
    const std::string same =
        fmt::format("{}:{}:{}: {}", problem.file, problem.line, problem.column, as.empty() ? problem.message : as);
    if (once_.insert(sim::entity_hash(same)).second) push_back(std::move(problem));
}

void Problems::append(const Problems& others) {
    for (const Problem& problem : others) push_back(problem);
    left_out_ += others.left_out();
}

std::string to_string(const Problems& problems) {
    std::string text;
    for (const Problem& problem : problems) text += to_string(problem) + "\n";
    if (problems.left_out() > 0) text += fmt::format("and {} more\n", problems.left_out());
    return text;
}

std::string nearest(const std::string& word, const std::vector<std::string>& candidates) {
    constexpr std::size_t kLongest = 80;  // longer words are no misspellings, and would take long to compare
    constexpr std::size_t kMost = 5000;   // nor is it easy to choose among more
    std::string best;
    if (word.size() > kLongest || candidates.size() > kMost) return best;
    const std::string small = lower_case(word);
    const std::size_t most = std::max<std::size_t>(1, word.size() / 3);
    std::pair<std::size_t, std::size_t> least{most + 1, 0};
    for (const std::string& candidate : candidates) {
        if (candidate.size() > kLongest || candidate.size() > word.size() + most) continue;
        if (candidate.size() + most < word.size()) continue;
        const std::size_t d = distance(small, lower_case(candidate));
        if (d >= std::max(word.size(), candidate.size())) continue;  // they have nothing in common
        const std::pair both(d, distance(word, candidate));
        if (both < least) {
            least = both;
            best = candidate;
        }
    }
    return best;
}

std::string suggestion(const std::string& word, const std::vector<std::string>& candidates) {
    const std::string best = nearest(word, candidates);
    return best.empty() ? "" : fmt::format(" (did you mean {}?)", best);
}

std::string some_of(const std::vector<std::string>& names) {
    const auto end = names.begin() + static_cast<std::ptrdiff_t>(std::min(kMostListed, names.size()));
    return fmt::format("one of {}{}", fmt::join(names.begin(), end, ", "), names.size() > kMostListed ? ", ..." : "");
}

}  // namespace entrepot::scenarios
