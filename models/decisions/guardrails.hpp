#pragma once

#include "models/model.hpp"

/// The limits of what the system decides by itself.
namespace entrepot::models {

/// What the system would do.
struct Recommendation {
    std::uint32_t number = kNone;  ///< of the case
    DecisionKind kind = DecisionKind::purchase;
    ItemId item;
    SiteId site;  ///< that needs the goods
    Units units = 0;
    Units pack = 1;
    double usual_quantity = 0;                    ///< 0: there is none
    double confidence = 1;                        ///< of the forecast, in [0,1]
    double donor_net = 0;                         ///< of a transfer: units at its donor
    double donor_rate = 0;                        ///< and their demand a day
    std::uint8_t tier = OrderEscalated::kNobody;  ///< of the customers whom it concerns
};

enum class Verdict : std::uint8_t { within, routed, blocked };

struct Checked {
    Verdict verdict = Verdict::within;
    Units units = 0;  ///< whole packs, what caps have left of the recommendation
};

/// Holds a recommendation against all guardrails of its kind and scope, and tells of each whether it struck. Caps go
/// before: what they leave may be within the others.
Checked check_guardrails(const Headquarters& hq, const Recommendation& recommended, Context& context);

/// Whether what a case orders or moves now is more than its kind's guardrails would let the system do, or further from
/// what is usual. People may go beyond: guardrails bind the system alone.
bool is_beyond_limits(const Headquarters& hq, const Case& one, const Network& network);

/// The system decides for an order what the guardrails let it; all else goes to people.
void decide_by_system(Headquarters& hq, std::uint32_t place, Context& context);

/// The case goes the way that the verdict leaves it, with the units that are left: out untouched but for its approvals,
/// before people, or nowhere. What goes out counts for the guardrails that count by the day.
void follow_verdict(Headquarters& hq, std::uint32_t place, const Checked& checked, Recommendation recommended,
                    Context& context);

}  // namespace entrepot::models
