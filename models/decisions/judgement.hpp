#pragma once

#include "models/model.hpp"

/// What people make of what lies before them: they take recommendations or change them, and mistype what they key in.
namespace entrepot::models {

/// A person has a purchase line in hand, prepared or by hand: its quantity may be another one afterwards.
void judge_line(Headquarters& hq, std::uint32_t place, Context& context);

/// A recommendation for a location lies before planners, who see whether the last ones have kept customers from
/// waiting: trust grows by what has proved good, and falls by what failed.
void learn(Headquarters& hq, bool failed, const Judgement& judgement);

}  // namespace entrepot::models
