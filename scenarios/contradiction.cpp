#include "scenarios/contradiction.hpp"

#include <cmath>
#include <numeric>
#include <vector>

#include <fmt/format.h>

#include "scenarios/kind.hpp"

namespace entrepot::scenarios {

namespace {

std::string as_time(models::Duration time) { return format(static_cast<double>(time.count()), duration(), ""); }

/// Lists of values and of their probabilities, either of which may be missing. The tolerance lets 1/3 be written with
/// four digits.
std::optional<Contradiction> in_lists(std::size_t values, const std::vector<double>& probabilities) {
    constexpr const char* kKey = "probabilities";
    if (probabilities.empty()) return std::nullopt;
    const double sum = std::accumulate(probabilities.begin(), probabilities.end(), 0.0);
    if (std::abs(sum - 1) > 1e-3) {
        return Contradiction{kKey, fmt::format("probabilities that sum to {:.6g}", sum), "a sum of 1"};
    }
    if (values == 0 || values == probabilities.size()) return std::nullopt;
    return Contradiction{kKey, fmt::format("a list of {}", probabilities.size()),
                         fmt::format("a list of {}: one for each value", values)};
}

template <class Distribution>
std::optional<Contradiction> in_one(const Distribution&) {
    return std::nullopt;
}
std::optional<Contradiction> in_one(const models::UniformTime& uniform) {
    if (uniform.least <= uniform.most) return std::nullopt;
    return Contradiction{"to", as_time(uniform.most), "at least as much as from"};
}
std::optional<Contradiction> in_one(const models::TriangularTime& triangle) {
    if (triangle.least <= triangle.mode && triangle.mode <= triangle.most) return std::nullopt;
    return Contradiction{"mode", as_time(triangle.mode), "a time between from and to"};
}
std::optional<Contradiction> in_one(const models::ListedTime& listed) {
    return in_lists(listed.times.size(), listed.probabilities);
}
std::optional<Contradiction> in_one(const models::UniformCount& uniform) {
    if (uniform.least <= uniform.most) return std::nullopt;
    return Contradiction{"to", "less than from", "at least as much"};
}
std::optional<Contradiction> in_one(const models::ListedCount& listed) {
    return in_lists(listed.values.size(), listed.probabilities);
}

}  // namespace

std::optional<Contradiction> contradiction_in(const models::TimeDistribution& distribution) {
    return std::visit([](const auto& chosen) { return in_one(chosen); }, distribution);
}
std::optional<Contradiction> contradiction_in(const models::CountDistribution& distribution) {
    return std::visit([](const auto& chosen) { return in_one(chosen); }, distribution);
}

}  // namespace entrepot::scenarios
