#pragma once

#include "models/model.hpp"

/// Decisions on purchase lines are judged when their protection interval is over. With what was in stock and on order
/// before, and the demand D of the interval, a line of q units costs
///
///     carrying rate x length of the interval x cost of the units that are left over, max(0, position + q - D)
///     + margin of the units that are missing, max(0, D - position - q),
///
/// and its regret is what it costs more than the best line of whole packs. The demand is what the record has heard:
/// who couldn't be served counts.
namespace entrepot::models {

/// What a decision was about, as hindsight knows it.
struct Hindsight {
    double position = 0, demand = 0;    ///< units before the line; in the interval
    double left_over = 0, missing = 0;  ///< what a unit of either costs
    double pack = 1;

    double cost(double units) const;
    /// What it costs more than the best line.
    double regret(double units) const;
};

/// The case of a purchase line is decided: it goes out now, or a guardrail blocks it.
void note_decision(Headquarters& hq, std::uint32_t place, bool blocked, Context& context);

/// Judges those of whom enough is known by the morning of a day.
void judge_decisions(Headquarters& hq, int day, Context& context);

}  // namespace entrepot::models
