#pragma once

#include "models/decisions/policies/parameters.hpp"
#include "scenarios/kind.hpp"

namespace entrepot::scenarios {

/// What a policy's parameter is in the scenario language.
inline Kind kind_of(models::ParameterUnit unit, const models::ParameterRange& range) {
    Kind kind = number(range.least, range.most);
    switch (unit) {
        case models::ParameterUnit::number:
            break;
        case models::ParameterUnit::share:
            kind = share();
            break;
        case models::ParameterUnit::days:
            kind = days();
            break;
        case models::ParameterUnit::whole_days:
            kind = whole_days();
            break;
        case models::ParameterUnit::money:
            kind = money();
            break;
    }
    kind = range.above ? kind.more_than(range.least) : kind.at_least(range.least);
    return range.most < kind.most ? kind.at_most(range.most) : kind;
}

/// Lets a visitor of the scenario language go through a policy's parameters.
template <class V>
class ParametersFor : public models::ParameterVisitor {
public:
    explicit ParametersFor(V& visitor) : visitor_(visitor) {}
    void value(std::string_view key, double& member, models::ParameterUnit unit, models::ParameterRange range,
               std::string_view meaning) override {
        visitor_(key, member, kind_of(unit, range), meaning);
    }
    void by_class(std::string_view key, models::Column<models::ClassId, double>& member, models::ParameterUnit unit,
                  models::ParameterRange range, std::string_view meaning) override {
        visitor_.by_class(key, member, kind_of(unit, range), meaning);
    }
    void choice(std::string_view key, std::uint8_t& member, std::span<const std::string_view> names,
                std::string_view meaning) override {
        visitor_(key, member, scenarios::choice(std::vector<std::string_view>(names.begin(), names.end())), meaning);
    }

private:
    V& visitor_;
};

}  // namespace entrepot::scenarios
