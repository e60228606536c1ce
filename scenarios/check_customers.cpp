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
