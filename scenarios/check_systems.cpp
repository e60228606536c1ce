#include <set>

#include <fmt/format.h>

#include "scenarios/checker.hpp"

namespace entrepot::scenarios {

namespace {

/// Checks the interfaces between systems: presets that strategies may name, and strategies' own.
class SystemsChecker : Checker {
public:
    using Checker::Checker;

    void all() {
        const models::MasterData& master = s_.master_data;
        if (master.any()) {
            sums_to_one({master.units, master.costs, master.classes, master.lead_times, master.minimums, master.packs,
                         master.warehouses},
                        {"master_data"}, "shares");
        }
        require(master.warehouses == 0 || s_.sites.size() > 1, {"master_data", "warehouses"},
                fmt::format("{:g} with one site", master.warehouses), "0: there is no other");
        for (const auto& [name, part] : s_.integrations) systems(part, {"integration", name});
        for (const auto& [name, strategy] : s_.strategies) systems(strategy.systems, {"strategy", name, "integration"});
    }

private:
    void systems(const SystemsPart& part, const Path& path) {
        std::set<models::InterfaceName> seen;
        for (const auto& [name, link] : part.links) {
            const Path at = below(below(path, "link"), name);
            for (const models::InterfaceName interface : link.interfaces) {
                require(seen.insert(interface).second, below(at, "interfaces"),
                        fmt::format("{} a second time", name_of(interface)), "each interface in one table at most");
            }
            require(!link.interfaces.empty(), below(at, "interfaces"), "none", "the interfaces that it is about");
            beat(link, at);
            terms(link.terms, at);
        }
    }

    /// What goes with the site's own exchange has no beat of its own.
    void beat(const LinkPart& link, const Path& at) {
        using models::InterfaceName;
        for (const InterfaceName interface : link.interfaces) {
            const bool written = interface == InterfaceName::confirmation || interface == InterfaceName::asn ||
                                 interface == InterfaceName::transfer_order;
            require(!link.terms.keyed || written, below(at, "keyed"), fmt::format("it of {}", name_of(interface)),
                    "confirmation, asn and transfer_order alone: who decides keys as office.judgement says");
        }
        const models::Interface& terms = link.terms;
        require(!terms.batch_minute || terms.every.count() == 0, below(at, "every"), "beside batch", "one of them");
        if (!terms.has_beat()) return;
        for (const InterfaceName interface : link.interfaces) {
            if (interface == InterfaceName::gateway) {
                require(terms.latency_median.count() == 0, below(at, "latency_median"), "of a gateway",
                        "every, or batch: so old is what the shop shows");
                continue;
            }
            const bool exchanged = interface == InterfaceName::posting || interface == InterfaceName::release ||
                                   interface == InterfaceName::extract;
            require(!exchanged, below(at, "interfaces"),
                    fmt::format("{} with batch, every or latency_median", name_of(interface)),
                    "another interface: sites' exchange has batch, latency and release_interval in the table above");
        }
    }

    void terms(const models::Interface& terms, const Path& at) {
        const auto pair = [&](bool one, bool other, const char* key, const char* with) {
            require(!one || other, below(at, key), fmt::format("no {} beside it", with), fmt::format("{}, too", with),
                    below(at, with));
        };
        pair(terms.uptime.has_value(), terms.downtime.has_value(), "uptime", "downtime");
        pair(terms.downtime.has_value(), terms.uptime.has_value(), "downtime", "uptime");
        constexpr double kLeastCycle = 60e6;  // microseconds: outages are drawn one after the other
        const bool cycles = terms.uptime && terms.downtime;
        require(!cycles || models::mean_of(*terms.uptime) + models::mean_of(*terms.downtime) >= kLeastCycle,
                below(at, "uptime"), "an outage each minute, or more of them", "a minute or more from one to the next");
        pair(terms.retries > 0, terms.first_wait.count() > 0, "retries", "first_wait");
        pair(terms.first_wait.count() > 0, terms.retries > 0, "first_wait", "retries");
        pair(terms.jitter > 0, terms.retries > 0, "jitter", "retries");
        pair(terms.back_off > 1, terms.retries > 0, "back_off", "retries");
        pair(terms.overtaken > 0, terms.overtaken_mean.count() > 0, "overtaken", "overtaken_mean");
        require(terms.failure < 1, below(at, "failure"), "1", "less: some calls must come through");
    }
};

}  // namespace

void check_systems(const Scenario& scenario, const Tree& tree, Problems& problems) {
    SystemsChecker(scenario, tree, problems).all();
}

}  // namespace entrepot::scenarios
