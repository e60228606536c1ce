#pragma once

#include "models/decisions/policies/level_policy.hpp"

/// So many days of recorded demand, for every location alike.
class DaysOfDemand : public entrepot::models::LevelPolicy {
public:
    void describe(entrepot::models::ParameterVisitor& v) override {
        using enum entrepot::models::ParameterUnit;
        v.value("days", days_, days, {.most = 365, .above = true}, "of demand in the level");
        v.value("history", history_days_, days, {.above = true}, "of demand that is averaged");
    }

    entrepot::models::PolicyNeeds needs() const override { return {.history_days = history_days_, .software = true}; }

    void set_levels(std::span<const entrepot::models::LocationView> locations,
                    std::span<entrepot::models::Levels> levels) const override {
        for (std::size_t i = 0; i < locations.size(); ++i) {
            const double rate = locations[i].demand.mean;
            set(levels[i], rate, rate * days_, 0, 1);
        }
    }

private:
    double days_ = 0, history_days_ = 0;
};
