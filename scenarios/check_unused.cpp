#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "scenarios/checker.hpp"

/// Settings of the network, its customers and what goes wrong that nothing makes use of: the user hears of what he has
/// written himself. What no scenario could mean is refused.
namespace entrepot::scenarios {

namespace {

class UnusedChecker : Checker {
public:
    UnusedChecker(const Scenario& scenario, const Tree& tree, Problems& problems, Problems& notes)
        : Checker(scenario, tree, problems), notes_(notes) {}

    void all() {
        carriers();
        sites();
        accounts();
        holds();
        suppliers();
        disturbances();
        strategies();
    }

private:
    using Kind = models::Disturbance::Kind;

    /// `works`: else it is told, where the user has written it and not a text on which his stands.
    void needs(bool works, const Path& path, const std::string& got, const std::string& want) {
        const auto origin = written(tree_, path);
        if (works || !origin || origin->height < 0 || !tree_.by_people) return;
        notes_.push_back(at(tree_, path, fmt::format("has no effect: got {}, want {}", got, want)));
    }

    bool happens(auto is) const {
        return std::ranges::any_of(s_.disturbances, [&](const auto& d) { return is(d.value); });
    }
    static Kind kind_of(const DisturbancePart& d) { return static_cast<Kind>(d.kind); }

    bool tells_customers() const {
        return std::ranges::any_of(s_.strategies,
                                   [](const auto& one) { return one.value.terms.notices.at_risk_days > 0; });
    }

    // Sites.

    void sites() {
        for (const auto& [name, part] : s_.sites) {
            const models::Damage& damage = part.site.damage;
            const bool breaks = damage.per_item_day > 0 || damage.per_load > 0;
            for (const char* key : {"units", "seen"}) {
                needs(breaks, {"site", name, "damage", key}, "it where nothing breaks",
                      "damage.on_shelf or damage.per_load above 0");
            }
        }
    }

    // Carriers.

    void carriers() {
        for (const auto& [name, part] : s_.carriers) {
            const models::Carrier& carrier = part.carrier;
            const bool has_peak =
                happens([&](const auto& d) { return kind_of(d) == Kind::carrier_peak && d.carrier == name; });
            for (const char* key : {"peak_on_time", "peak_rejects", "peak_surcharge"}) {
                needs(has_peak, {"carrier", name, key}, "a peak that never comes",
                      "a disturbance carrier_peak of the carrier");
            }
            needs(!carrier.tells_delays || tells_customers(), {"carrier", name, "tells_delays"},
                  "news of delays that nobody passes on", "a strategy with notices.at_risk above 0");
            const bool has_accounts = std::ranges::any_of(s_.tiers, [&](const auto& tier) {
                return tier.value.tier.accounts > 0 && (carrier.expedite || tier.value.tier.channel == carrier.channel);
            });
            needs(!carrier.consolidates || has_accounts, {"carrier", name, "consolidates"},
                  "it where no two orders are known to be one customer's", "accounts of a tier that it carries for");
            const auto takes = [&](const auto& other) {
                const models::Carrier& terms = other.value.carrier;
                return terms.rejects < 1 && terms.expedite == carrier.expedite &&
                       (carrier.expedite || terms.channel == carrier.channel);
            };
            require(carrier.rejects < 1 || std::ranges::any_of(s_.carriers, takes), {"carrier", name, "rejects"},
                    "1 of a carrier without another one of its kind", "less: nothing would ever leave");
        }
    }

    // Customers.

    void accounts() {
        const auto consolidates = [](const auto& carrier) { return carrier.value.carrier.consolidates; };
        const bool goes_together = std::ranges::any_of(s_.carriers, consolidates);
        for (const auto& [name, part] : s_.tiers) {
            const models::Tier& tier = part.tier;
            const bool held = std::ranges::any_of(s_.holds, [&, tier_name = name](const auto& hold) {
                return hold.value.hold.whole_account && concerns(hold.value, tier_name);
            });
            const bool is_paid = tier.penalty_share > 0 || tier.penalty_fixed.micros > 0 || tier.refund.micros > 0;
            needs(tier.accounts == 0 || goes_together || held || is_paid, {"tier", name, "accounts"},
                  "accounts that nothing asks for",
                  "a carrier that consolidates, a hold of whole accounts, or penalties");
            needs(tier.account_concentration == 0 || tier.accounts > 0, {"tier", name, "account_concentration"},
                  "it without accounts", "accounts, too");
            needs(!tier.escalates_on_the_way || tier.escalation_probability > 0, {"tier", name, "escalates_on_the_way"},
                  "it of customers who never complain", "an escalation_probability above 0");
        }
    }

    static bool concerns(const HoldPart& hold, const std::string& tier) {
        return hold.tiers.empty() || std::ranges::count(hold.tiers, tier) > 0;
    }

    void holds() {
        for (const auto& [name, part] : s_.holds) {
            const Path path{"hold", name};
            std::set<std::string> seen;
            for (const std::string& tier : part.tiers) {
                require(seen.insert(tier).second, below(path, "tiers"), fmt::format("{} a second time", tier),
                        "each of them once");
            }
            const bool any = std::ranges::any_of(s_.tiers, [&, &hold = part](const auto& tier) {
                return tier.value.tier.accounts > 0 && concerns(hold, tier.name);
            });
            needs(!part.hold.whole_account || any, below(path, "whole_account"), "it without accounts",
                  "accounts of a tier whose orders it holds");
        }
    }

    // Suppliers.

    void suppliers() {
        for (const auto& [name, part] : s_.segments) {
            const models::Supplier& terms = part.terms;
            const Path path{"supplier_segment", name};
            const bool has_spells = terms.bad_spell || happens([&, &segment = name](const auto& d) {
                                        return kind_of(d) == Kind::supplier_spell && segment_of(d) == segment;
                                    });
            for (const char* key : {"bad_lead_time", "bad_on_time", "bad_in_full"}) {
                needs(has_spells, below(path, key), "bad spells that never come",
                      "good_spell and bad_spell, or a disturbance supplier_spell");
            }
            const double lead =
                terms.lead_time ? models::mean_of(*terms.lead_time) : static_cast<double>(terms.lead_time_mean.count());
            needs(lead <= 0 || static_cast<double>(terms.under_way.count()) <= lead, below(path, "under_way"),
                  fmt::format("{}, longer than its lead time", told(terms.under_way)),
                  "less: before it has the order it announces no truck");
            for (const char* key : {"under_way", "announces_right", "announced_off"}) {
                needs(terms.announces > 0, below(path, key), "it without notices", "announces, too");
            }
        }
    }

    static std::string segment_of(const DisturbancePart& d) { return d.supplier.substr(0, d.supplier.find('#')); }

    // What goes wrong.

    void disturbances() {
        for (const auto& [name, d] : s_.disturbances) {
            const Path path{"disturbance", name};
            const Kind kind = kind_of(d);
            const bool by_people = kind == Kind::absence || kind == Kind::site_slow || kind == Kind::site_closed ||
                                   kind == Kind::carrier_capacity;
            const bool at_once = std::ranges::any_of(s_.sites, [&, &one = d](const auto& site) {
                return site.name == one.site && site.value.site.handling == models::Handling::at_once;
            });
            needs(!by_people || !at_once, below(path, "kind"), "it at a site where all is handled at once",
                  "a site with people");
            const bool scales = kind == Kind::site_slow || kind == Kind::supplier_slip ||
                                kind == Kind::carrier_capacity || kind == Kind::supplier_capacity;
            needs(!scales || d.factor != 1, below(path, "kind"), "it with a factor of 1", "a factor beside it");
            const bool limited = std::ranges::none_of(s_.segments, [&, &one = d](const auto& segment) {
                return segment.name == segment_of(one) && segment.value.terms.capacity_factor == 0;
            });
            needs(kind != Kind::supplier_capacity || limited, below(path, "kind"), "it of a supplier without a limit",
                  "a capacity of its segment");
        }
    }

    // Strategies.

    bool has_gateway(const StrategyPart& strategy) const {
        const auto of_gateway = [](const auto& link) {
            const LinkPart& part = link.value;
            return std::ranges::count(part.interfaces, models::InterfaceName::gateway) > 0 &&
                   (part.terms.can_fail() || part.terms.takes_time());
        };
        return strategy.terms.gateway.reserve > 0 || std::ranges::any_of(strategy.systems.links, of_gateway) ||
               happens([](const auto& d) {
                   return static_cast<models::InterfaceName>(d.interface) == models::InterfaceName::gateway &&
                          (kind_of(d) == Kind::outage || kind_of(d) == Kind::schema_break ||
                           kind_of(d) == Kind::token_expiry);
               });
    }

    void strategies() {
        const bool answers = std::ranges::any_of(s_.segments, [](const auto& s) { return s.value.terms.confirms > 0; });
        const bool returns =
            std::ranges::any_of(s_.tiers, [](const auto& t) { return t.value.tier.returns.share > 0; });
        const bool groups = !s_.items.file.empty() ||
                            std::ranges::any_of(s_.classes, [](const auto& c) { return c.value.substitute_share > 0; });
        const bool takers =
            std::ranges::any_of(s_.tiers, [](const auto& t) { return t.value.tier.accepts_substitute > 0; });
        for (const auto& [name, strategy] : s_.strategies) {
            const Path path{"strategy", name}, workflow = below(path, "workflow");
            needs(has_gateway(strategy), below(below(path, "gateway"), "counts_own_orders"),
                  "it of a web shop that looks at the record itself",
                  "a reserve, or a gateway that takes time or fails");
            needs(answers || !strategy.terms.workflow.answer_within, below(workflow, "answer_within"),
                  "it where no supplier is expected to answer", "confirms of a supplier_segment");
            needs(answers || !strategy.terms.workflow.watches_answers, below(workflow, "watches_answers"),
                  "it where no supplier is expected to answer", "confirms of a supplier_segment");
            needs(returns || !strategy.terms.workflow.nets_returns, below(workflow, "nets_returns"),
                  "it where nobody sends anything back", "returns of a tier");
            const bool offers = strategy.substitution.offers != models::Substitution::Offers::none;
            const Path substitution = below(below(path, "substitution"), "offers");
            needs(!offers || groups, substitution, "it where no item has a substitute",
                  "class.NAME.substitutes, or a list of items with groups");
            needs(!offers || takers, substitution, "it where nobody takes one", "accepts_substitute of a tier");
        }
    }

    Problems& notes_;
};

}  // namespace

void check_unused(const Scenario& scenario, const Tree& tree, Problems& problems, Problems& notes) {
    UnusedChecker(scenario, tree, problems, notes).all();
}

}  // namespace entrepot::scenarios
