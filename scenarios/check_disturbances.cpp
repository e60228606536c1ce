#include <algorithm>

#include <fmt/format.h>

#include "scenarios/build.hpp"
#include "scenarios/checker.hpp"

namespace entrepot::scenarios {

namespace {

/// Checks what goes wrong: when, where, and of what.
class DisturbanceChecker : Checker {
public:
    DisturbanceChecker(const Scenario& scenario, const Tree& tree, Problems& problems)
        : Checker(scenario, tree, problems), carriers_(names_of(s_.carriers)) {
        constexpr int kMost = 60'000;  // more of them have been refused
        int count = 0;
        for (const auto& segment : s_.segments)
            count = std::min(kMost + 1, count + std::min(segment.value.count, kMost));
        if (count <= kMost) suppliers_ = supplier_names(s_);
    }

    void all() { disturbances(); }

private:
    void disturbances() {
        for (const auto& [name, d] : s_.disturbances) {
            inside(d.day, {"disturbance", name, "day"});
            const auto kind = static_cast<models::Disturbance::Kind>(d.kind);
            if (kind == models::Disturbance::Kind::outage) {
                outage(name, d);
                continue;
            }
            using Kind = models::Disturbance::Kind;
            const bool slip = kind == Kind::supplier_slip || kind == Kind::supplier_capacity ||
                              kind == Kind::supplier_stop || kind == Kind::supplier_spell;
            if (slip) exists(d.supplier, suppliers_, {"disturbance", name, "supplier"}, "the name of a supplier");
            if (kind == Kind::supplier_stop || kind == Kind::supplier_spell) no_factor(name, d);
            if (kind == Kind::supplier_capacity) {
                require(d.factor > 0, {"disturbance", name, "factor"}, "0", "more, or the kind supplier_stop");
            }
            if (kind == Kind::supplier_spell) differs_in_bad_spells(name, d);
            if (!slip) exists(d.site, sites_, {"disturbance", name, "site"}, "the name of a site");
            if (kind == models::Disturbance::Kind::carrier_capacity) {
                exists(d.carrier, carriers_, {"disturbance", name, "carrier"}, "the name of a carrier");
            }
            require(!d.lasts && d.start_minute == 0, {"disturbance", name, d.lasts ? "lasts" : "start"}, "a time",
                    "whole days: only an outage lasts some hours");
            const auto unused = [&](const std::string& value, const char* key) {
                require(value.empty(), {"disturbance", name, key}, fmt::format("\"{}\"", value),
                        "nothing: this kind of disturbance has none");
            };
            if (!slip) unused(d.supplier, "supplier");
            if (slip) unused(d.site, "site");
            if (kind != models::Disturbance::Kind::carrier_capacity) unused(d.carrier, "carrier");
            if (kind == models::Disturbance::Kind::absence) {
                require(d.factor <= 1, {"disturbance", name, "factor"}, fmt::format("{}", d.factor),
                        "a probability of at most 1");
            }
        }
    }

    void outage(const std::string& name, const DisturbancePart& d) {
        using models::InterfaceName;
        const auto interface = static_cast<InterfaceName>(d.interface);
        const auto at = [&](const char* key) { return Path{"disturbance", name, key}; };
        const Path whole_days = at("duration");
        require(!d.lasts || d.days == 1, whole_days, "beside lasts", "one of them");
        const bool of_supplier = models::is_of_suppliers(interface);
        const bool of_site = !of_supplier && interface != InterfaceName::forecast;
        if (!d.site.empty() && of_site) exists(d.site, sites_, at("site"), "the name of a site");
        if (!d.supplier.empty() && of_supplier)
            exists(d.supplier, suppliers_, at("supplier"), "the name of a supplier");
        const auto unused = [&](const std::string& value, const char* key) {
            require(value.empty(), at(key), fmt::format("\"{}\"", value), "nothing: this interface has none");
        };
        if (!of_site) unused(d.site, "site");
        if (!of_supplier) unused(d.supplier, "supplier");
        unused(d.carrier, "carrier");
        no_factor(name, d);
    }

    void no_factor(const std::string& name, const DisturbancePart& d) {
        require(d.factor == 1, {"disturbance", name, "factor"}, fmt::format("{:g}", d.factor),
                "nothing: this kind of disturbance has none");
    }

    void differs_in_bad_spells(const std::string& name, const DisturbancePart& d) {
        for (const auto& [segment, part] : s_.segments) {
            if (d.supplier.substr(0, d.supplier.find('#')) != segment) continue;
            const models::Supplier& terms = part.terms;
            require(terms.bad_lead_time != 1 || terms.bad_on_time != 1 || terms.bad_in_full != 1,
                    {"disturbance", name, "supplier"}, "a supplier whose bad spells are as its good ones",
                    "bad_lead_time, bad_on_time or bad_in_full in its segment");
        }
    }

    std::vector<std::string> carriers_, suppliers_;
};

}  // namespace

void check_disturbances(const Scenario& scenario, const Tree& tree, Problems& problems) {
    DisturbanceChecker(scenario, tree, problems).all();
}

}  // namespace entrepot::scenarios
