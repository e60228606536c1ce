#pragma once

#include "models/model.hpp"

/// What people make of what lies before them: they take recommendations or change them, and mistype what they key in.
namespace entrepot::models {

/// A person has a purchase line in hand, prepared or by hand: its quantity may be another one afterwards.
void judge_line(Headquarters& hq, std::uint32_t place, Context& context);

/// How trust in what one is told goes with what becomes of it: a probability.
struct TrustTerms {
    double gain = 0, loss = 0;   ///< added where it has proved good; taken away where it failed
    double least = 0, most = 1;  ///< it stays within these, once it moves
};
TrustTerms of_recommendations(const Judgement& people);
TrustTerms of_alerts(const Judgement& people);

/// People see what has become of what they were told: trust grows by what has proved good, and falls by what failed.
void learn(double& trust, bool failed, const TrustTerms& terms);

}  // namespace entrepot::models
