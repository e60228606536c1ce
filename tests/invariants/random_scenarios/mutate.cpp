#include "invariants/random_scenarios/mutate.hpp"

#include <array>
#include <cmath>
#include <cstdlib>
#include <sstream>
#include <vector>

#include <fmt/format.h>

namespace entrepot::tests {

namespace {

template <class T, std::size_t n>
const T& one_of(const std::array<T, n>& choices, sim::Stream& draws) {
    return choices[static_cast<std::size_t>(draws.uniform() * n)];
}

double changed(double value, sim::Stream& draws) {
    static constexpr std::array kFactors{0.0, 0.1, 0.3, 0.5, 0.8, 1.25, 2.0, 3.0, 10.0};
    static constexpr std::array kStarts{0.01, 0.1, 0.5, 1.0, 2.0, 5.0};
    return value == 0 ? one_of(kStarts, draws) : value * one_of(kFactors, draws);
}

/// "4" or "\"2.5 d\"" with another number of the same kind: whole numbers stay whole. Anything else stays as it is.
std::string changed_value(const std::string& text, sim::Stream& draws) {
    if (text == "true") return "false";
    if (text == "false") return "true";
    const bool quoted = text.starts_with('"');
    const char* const begin = text.c_str() + quoted;
    char* end = nullptr;
    const double value = std::strtod(begin, &end);
    if (end == begin || text.find('-', 1) != text.npos) return text;  // a word, a date
    const std::string rest = end;
    if (!quoted && !rest.empty()) return text;
    const std::string number(begin, static_cast<const char*>(end));
    double next = changed(value, draws);
    if (!quoted && number.find_first_of(".e") == number.npos && draws.uniform() < 0.7) next = std::round(next);
    return fmt::format("{}{:.12g}{}", quoted ? "\"" : "", next, rest);
}

}  // namespace

std::string mutated(const std::string& text, sim::Stream& draws) {
    std::vector<std::string> lines;
    std::vector<std::size_t> assignments;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line); lines.push_back(line)) {
        if (line.find(" = ") != line.npos) assignments.push_back(lines.size());
    }
    const int changes = 1 + static_cast<int>(draws.uniform() * 8);
    for (int i = 0; i < changes; ++i) {
        std::string& line =
            lines[assignments[static_cast<std::size_t>(draws.uniform() * static_cast<double>(assignments.size()))]];
        const std::size_t value = line.find(" = ") + 3;
        line = line.substr(0, value) + changed_value(line.substr(value), draws);
    }
    std::string result;
    for (const std::string& line : lines) result += line + "\n";
    return result;
}

}  // namespace entrepot::tests
