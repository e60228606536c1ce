#include "viz/live/happenings.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "results/text/digits.hpp"
#include "studies/explain/words.hpp"

namespace entrepot::viz {

namespace {

using Kind = Happening::Kind;
constexpr double kDay = 24;

std::string outage_text(const models::Disturbance& d, const models::Network& network) {
    const char* messages = studies::explain::interface_text(d.interface);
    if (d.all_links) return messages;
    if (models::is_of_suppliers(d.interface)) {
        const char* way = d.interface == models::InterfaceName::purchase_order ? "to" : "of";
        return fmt::format("{} {} {}", messages, way, network.suppliers[d.supplier].name);
    }
    return fmt::format("{} of {}", messages, network.sites[d.site].name);
}

std::string text_of(const models::Disturbance& d, const models::Network& network) {
    using Of = models::Disturbance::Kind;
    switch (d.kind) {
        case Of::supplier_slip:
            return fmt::format("{}: lead times \u00d7 {}", network.suppliers[d.supplier].name,
                               results::number_text(d.factor));
        case Of::carrier_capacity:
            return fmt::format("{} at {}: {} of its capacity", network.carriers[d.carrier].name,
                               network.sites[d.site].name, results::percent_text(d.factor));
        case Of::absence:
            return fmt::format("{}: {} more people stay away", network.sites[d.site].name,
                               results::percent_text(d.factor));
        case Of::outage:
            return fmt::format("no {}", outage_text(d, network));
        case Of::supplier_capacity:
            return fmt::format("{}: {} of its capacity", network.suppliers[d.supplier].name,
                               results::percent_text(d.factor));
        case Of::supplier_stop:
            return fmt::format("{} begins nothing", network.suppliers[d.supplier].name);
        case Of::supplier_spell:
            return fmt::format("{} has a bad spell", network.suppliers[d.supplier].name);
    }
    return d.name;
}

}  // namespace

std::vector<Happening> happenings(const scenarios::Loaded& loaded, const models::Network& network) {
    std::vector<Happening> all;
    const auto add = [&](Kind kind, const std::string& name, const std::string& text, double from, double days,
                         int site = -1) {
        all.push_back({kind, name, text, from * kDay, (from + days) * kDay, site});
    };
    for (const models::Phase& p : network.phases)
        add(Kind::phase, p.name, p.name, p.first_day, p.end_day - p.first_day);
    const double warmup = network.calendar.warmup_days;
    const scenarios::Scenario& scenario = loaded.scenario;
    if (scenario.spike) {
        const scenarios::Spike& s = *scenario.spike;
        add(Kind::demand, "spike", "seasonal spike: rise, plateau, two half-lives of decay", warmup + s.start_days,
            s.ramp_days + s.plateau_days + 2 * s.halflife_days);
    }
    for (const auto& [name, p] : scenario.promotions) {
        add(Kind::demand, name,
            fmt::format("promotion: {} of the items sell \u00d7 {}", results::percent_text(p.item_share),
                        results::number_text(p.lift)),
            warmup + p.day, p.days);
    }
    for (const auto& [name, b] : scenario.bursts) {
        add(Kind::demand, name, fmt::format("{} orders of tier {} in one day", results::number_text(b.orders), b.tier),
            warmup + b.day, 1);
    }
    for (const models::Disturbance& d : network.disturbances) {
        using Of = models::Disturbance::Kind;
        const bool of_link = d.kind == Of::outage && !d.all_links;
        const bool at_site = d.kind == Of::carrier_capacity || d.kind == Of::absence ||
                             (of_link && !models::is_of_suppliers(d.interface));
        const double hours = sim::in<sim::hours>(d.until() - d.from());
        add(Kind::disturbance, d.name, text_of(d, network), sim::in<sim::days>(d.from().time_since_epoch()),
            hours / kDay, at_site ? static_cast<int>(d.site.index()) : -1);
    }
    std::ranges::stable_sort(all, {}, [](const Happening& h) { return std::pair(h.kind != Kind::phase, h.from); });
    return all;
}

}  // namespace entrepot::viz
