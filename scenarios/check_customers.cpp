#include <algorithm>

#include <fmt/format.h>

#include "scenarios/build.hpp"
#include "scenarios/checker.hpp"

namespace entrepot::scenarios {

namespace {

/// Checks what customers do besides ordering, and what becomes of their orders at entry.
class CustomerChecker : Checker {
public:
    using Checker::Checker;

    void all() {
        returns();
        holds();
        channel_shifts();
        substitution();
        allocation();
    }

private:
    void returns() {
        for (const auto& [name, part] : s_.tiers) {
            const models::ReturnTerms& returns = part.tier.returns;
            const Path share{"tier", name, "returns", "share"}, time{"tier", name, "returns", "time"};
            require(returns.share == 0 || returns.time, share, "no time beside it", "time, too", time);
            require(!returns.time || returns.share > 0 || put_out_of_work(time, share), time, "no share beside it",
                    "share, too", share);
        }
    }

    void holds() {
        for (const auto& [name, part] : s_.holds) {
            for (const std::string& tier : part.tiers) exists(tier, tiers_, {"hold", name, "tiers"}, "a tier");
        }
    }

    void substitution() {
        for (const auto& [name, part] : s_.strategies) {
            const Path path{"strategy", name, "substitution"};
            for (const std::string& tier : part.substitution.tiers)
                exists(tier, tiers_, below(path, "tiers"), "a tier");
            for (const std::string& velocity : part.substitution.classes) {
                exists(velocity, names_of(s_.classes), below(path, "classes"), "a class");
            }
        }
    }

    void allocation() {
        for (const auto& [name, part] : s_.strategies) {
            const Path path{"strategy", name, "allocation"};
            for (const auto& [tier, days] : part.allocation.reserve) reserve(part.allocation, tier, days, path);
            for (const std::string& velocity : part.allocation.classes) {
                exists(velocity, names_of(s_.classes), below(path, "classes"), "a class");
            }
            require(part.allocation.reserve.empty() || has_rates(), below(path, "reserve"),
                    "days of a demand of which nobody knows a rate", "demand by the day");
            if (part.allocation.rule != models::AllocationRule::fair_share) continue;
            for (const auto& [other, terms] : s_.tiers) {
                require(!terms.tier.whole_lines, below(path, "rule"), "shares of lines",
                        fmt::format("no tier with whole_lines, as {} has", other), {"tier", other, "whole_lines"});
            }
        }
    }

    /// Streams have no rate to begin with, and levels that are given have none at all.
    bool has_rates() const { return s_.demand.history || s_.demand.b2b.orders > 0 || s_.demand.ecommerce.orders > 0; }

    /// What is kept for a tier is kept for those before it no less, and from somebody.
    void reserve(const AllocationPart& part, const std::string& tier, double days, const Path& path) {
        const Path place = below(below(path, "reserve"), tier);
        if (!names(tier, tiers_, place, "a tier") || days == 0) return;
        const auto rank = [&](const std::string& of) { return s_.tiers[position(s_.tiers, of)].value.tier.rank; };
        const auto behind = [&](const auto& other) { return other.value.tier.rank > rank(tier); };
        require(std::ranges::any_of(s_.tiers, behind), place, "stock that is kept from nobody",
                "it for a tier that ranks before another", {"tier", tier, "rank"});
        for (const auto& [other, kept] : part.reserve) {
            if (std::ranges::count(tiers_, other) == 0 || rank(other) >= rank(tier)) continue;
            require(days > kept, place, fmt::format("{:g} d", days),
                    fmt::format("more than the {:g} d of {}, which ranks before it, or none", kept, other),
                    below(below(path, "reserve"), other));
        }
    }

    void channel_shifts() {
        if (s_.demand.history) return;  // beside which they are refused
        const bool both = s_.demand.b2b.orders > 0 && s_.demand.ecommerce.orders > 0;
        for (const auto& [name, shift] : s_.channel_shifts) {
            const Path path{"channel_shift", name};
            inside(shift.day, {"channel_shift", name, "day"});
            require(both, path, "one channel with orders", "both, between which customers move");
            if (!both) continue;
            const double then = ecommerce_share(s_, shift.day + shift.days);
            require(then >= 0 && then <= 1, {"channel_shift", name, "points"},
                    fmt::format("{:.1f} % of the units in e-commerce then", 100 * then), "0 to 100 %");
        }
    }
};

}  // namespace

void check_customers(const Scenario& scenario, const Tree& tree, Problems& problems) {
    CustomerChecker(scenario, tree, problems).all();
}

}  // namespace entrepot::scenarios
