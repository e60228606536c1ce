#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

#include "models/network/ids.hpp"
#include "models/units.hpp"

/// How a policy says what it may be told: each parameter with its unit, its range and its meaning. The scenario
/// language reads, checks, writes and lists them without knowing the policy.
namespace entrepot::models {

/// What a number stands for.
enum class ParameterUnit {
    number,      ///< without a unit
    share,       ///< of a whole
    days,        ///< a duration, carried in days
    whole_days,  ///< the same, in whole days
    money,       ///< carried in the scenario's currency
};

struct ParameterRange {
    double least = 0, most = std::numeric_limits<double>::infinity();
    bool above = false;  ///< more than `least`
};

/// Somebody who goes through a policy's parameters.
class ParameterVisitor {
public:
    virtual ~ParameterVisitor() = default;
    /// One value. One whose default lies outside its range must be given.
    virtual void value(std::string_view key, double& member, ParameterUnit unit, ParameterRange range,
                       std::string_view meaning) = 0;
    /// One value for each velocity class.
    virtual void by_class(std::string_view key, Column<ClassId, double>& member, ParameterUnit unit,
                          ParameterRange range, std::string_view meaning) = 0;
    /// One of some names; `member` is its position among them.
    virtual void choice(std::string_view key, std::uint8_t& member, std::span<const std::string_view> names,
                        std::string_view meaning) = 0;
};

/// The same of an enumeration whose values are in the order of the names.
template <class Enum>
void choose(ParameterVisitor& visitor, std::string_view key, Enum& member, std::span<const std::string_view> names,
            std::string_view meaning) {
    auto position = static_cast<std::uint8_t>(member);
    visitor.choice(key, position, names, meaning);
    member = static_cast<Enum>(position);
}

/// Most quantiles that a normal approximation can be asked for.
inline constexpr ParameterRange kServiceLevel{.least = 0, .most = 0.9999, .above = true};

}  // namespace entrepot::models
