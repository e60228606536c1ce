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

    void all() {
        for (const auto& [name, d] : s_.disturbances) {
            when(name, d);
            what(name, d);
        }
        circles();
    }

private:
    using Kind = models::Disturbance::Kind;

    static Path at(const std::string& name, const char* key) { return {"disturbance", name, key}; }

    void when(const std::string& name, const DisturbancePart& d) {
        inside(d.day, at(name, "day"));
        require(!d.lasts || d.days == 1, at(name, "duration"), "beside lasts", "one of them");
        const auto pair = [&](bool one, bool other, const char* key, const char* with) {
            require(!one || other, at(name, key), fmt::format("no {} beside it", with), fmt::format("{}, too", with),
                    at(name, with));
        };
        pair(d.between.has_value(), d.length.has_value(), "between", "length");
        pair(d.length.has_value(), d.between.has_value(), "length", "between");
        if (d.between && d.length) {
            require(!d.lasts && d.days == 1, at(name, d.lasts ? "lasts" : "duration"), "beside length", "one of them");
            require(d.after.empty(), at(name, "after"), "beside between", "one of them: when it comes");
            constexpr double kHour = 3600e6;  // microseconds: they are drawn one after the other
            require(models::mean_of(*d.between) + models::mean_of(*d.length) >= kHour, at(name, "between"),
                    "once an hour, or more often", "an hour or more from one to the next");
        }
        if (!d.after.empty())
            exists(d.after, names_of(s_.disturbances), at(name, "after"), "the name of a disturbance");
    }

    /// Nobody follows himself.
    void circles() {
        for (const auto& [name, part] : s_.disturbances) {
            std::string first = part.after;
            std::size_t steps = 0;
            while (!first.empty() && first != name && steps++ < s_.disturbances.size()) {
                const auto cause =
                    std::ranges::find_if(s_.disturbances, [&](const auto& d) { return d.name == first; });
                first = cause == s_.disturbances.end() ? "" : cause->value.after;
            }
            require(first != name, at(name, "after"),
                    fmt::format("{}, which follows {} itself", toml_string(part.after), name),
                    "a disturbance that doesn't: it would never begin");
        }
    }

    static bool of_supplier(const DisturbancePart& d) {
        const auto kind = static_cast<Kind>(d.kind);
        return kind == Kind::supplier_slip || kind == Kind::supplier_capacity || kind == Kind::supplier_stop ||
               kind == Kind::supplier_spell;
    }
    static bool of_carrier(Kind kind) { return kind == Kind::carrier_capacity || kind == Kind::carrier_peak; }
    static bool of_link(Kind kind) {
        return kind == Kind::outage || kind == Kind::schema_break || kind == Kind::token_expiry;
    }

    void what(const std::string& name, const DisturbancePart& d) {
        const auto kind = static_cast<Kind>(d.kind);
        if (of_link(kind)) return outage(name, d);
        const auto unused = [&](const std::string& value, const char* key) {
            require(value.empty(), at(name, key), fmt::format("\"{}\"", value),
                    "nothing: this kind of disturbance has none", at(name, "kind"));
        };
        if (of_supplier(d)) {
            exists(d.supplier, suppliers_, at(name, "supplier"), "the name of a supplier", at(name, "kind"));
            unused(d.site, "site");
        } else {
            const bool anywhere = kind == Kind::carrier_peak && d.site.empty();
            if (!anywhere) exists(d.site, sites_, at(name, "site"), "the name of a site", at(name, "kind"));
            unused(d.supplier, "supplier");
        }
        if (of_carrier(kind))
            exists(d.carrier, carriers_, at(name, "carrier"), "the name of a carrier", at(name, "kind"));
        if (!of_carrier(kind)) unused(d.carrier, "carrier");
        factor(name, d);
        if (kind == Kind::supplier_spell) differs_in_bad_spells(name, d);
        if (kind == Kind::carrier_peak) differs_in_its_peak(name, d);
    }

    void factor(const std::string& name, const DisturbancePart& d) {
        switch (static_cast<Kind>(d.kind)) {
            case Kind::absence:
                require(d.factor <= 1, at(name, "factor"), fmt::format("{}", d.factor), "a probability of at most 1");
                break;
            case Kind::supplier_capacity:
                require(d.factor > 0, at(name, "factor"), "0", "more, or the kind supplier_stop");
                break;
            case Kind::site_slow:
                require(d.factor >= 0.01, at(name, "factor"), fmt::format("{:g}", d.factor),
                        "0.01 or more, or the kind site_closed");
                break;
            case Kind::supplier_slip:
            case Kind::carrier_capacity:
                break;
            default:
                no_factor(name, d);
        }
    }

    void outage(const std::string& name, const DisturbancePart& d) {
        using models::InterfaceName;
        const auto interface = static_cast<InterfaceName>(d.interface);
        const bool supplier = models::is_of_suppliers(interface);
        const bool site = !supplier && !models::is_of_headquarters(interface);
        if (!d.site.empty() && site) exists(d.site, sites_, at(name, "site"), "the name of a site");
        if (!d.supplier.empty() && supplier)
            exists(d.supplier, suppliers_, at(name, "supplier"), "the name of a supplier");
        const auto unused = [&](const std::string& value, const char* key) {
            require(value.empty(), at(name, key), fmt::format("\"{}\"", value), "nothing: this interface has none",
                    at(name, "interface"));
        };
        if (!site) unused(d.site, "site");
        if (!supplier) unused(d.supplier, "supplier");
        unused(d.carrier, "carrier");
        no_factor(name, d);
    }

    void no_factor(const std::string& name, const DisturbancePart& d) {
        require(d.factor == 1, at(name, "factor"), fmt::format("{:g}", d.factor),
                "nothing: this kind of disturbance has none", at(name, "kind"));
    }

    void differs_in_bad_spells(const std::string& name, const DisturbancePart& d) {
        for (const auto& [segment, part] : s_.segments) {
            if (d.supplier.substr(0, d.supplier.find('#')) != segment) continue;
            const models::Supplier& terms = part.terms;
            require(terms.bad_lead_time != 1 || terms.bad_on_time != 1 || terms.bad_in_full != 1, at(name, "supplier"),
                    "a supplier whose bad spells are as its good ones",
                    "bad_lead_time, bad_on_time or bad_in_full in its segment");
        }
    }

    void differs_in_its_peak(const std::string& name, const DisturbancePart& d) {
        for (const auto& [carrier, part] : s_.carriers) {
            if (carrier != d.carrier) continue;
            const models::Carrier& terms = part.carrier;
            require(terms.peak_on_time || terms.peak_rejects || terms.peak_surcharge != 1, at(name, "carrier"),
                    "a carrier whose peak is as any day",
                    "peak_on_time, peak_rejects or peak_surcharge of the carrier");
        }
    }

    std::vector<std::string> carriers_, suppliers_;
};

}  // namespace

void check_disturbances(const Scenario& scenario, const Tree& tree, Problems& problems) {
    DisturbanceChecker(scenario, tree, problems).all();
}

}  // namespace entrepot::scenarios
