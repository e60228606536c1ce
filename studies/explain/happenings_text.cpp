#include "studies/explain/happenings_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "studies/explain/words.hpp"

namespace entrepot::studies::explain {

namespace {

using models::Disturbance;
using Kind = Disturbance::Kind;

std::string what_it_does(const models::Network& network, const Disturbance& d) {
    const auto supplier = [&] { return "supplier " + network.suppliers[d.supplier].name; };
    const auto carrier = [&] { return network.carriers[d.carrier].name; };
    switch (d.kind) {
        case Kind::supplier_slip:
            return fmt::format("{} takes {:g} times as long", supplier(), d.factor);
        case Kind::carrier_capacity:
            return fmt::format("{} takes {:g} % of what it usually does", carrier(), 100 * d.factor);
        case Kind::absence:
            return fmt::format("{:g} % more of the people are away", 100 * d.factor);
        case Kind::supplier_capacity:
            return fmt::format("{} makes {:g} % of what it usually does", supplier(), 100 * d.factor);
        case Kind::supplier_stop:
            return supplier() + " begins nothing";
        case Kind::supplier_spell:
            return supplier() + " has a bad spell";
        case Kind::site_slow:
            return fmt::format("people work at {:g} % of their pace", 100 * d.factor);
        case Kind::site_closed:
            return "the site is closed";
        case Kind::carrier_peak:
            return carrier() + " has its peak";
        case Kind::outage:
        case Kind::schema_break:
        case Kind::token_expiry:
            break;
    }
    return "messages fail";
}

/// Those of some kinds about which somebody asks.
class Telling {
public:
    Telling(const models::Network& network, const models::Happenings& happenings, const models::Span& span,
            const Clock& clock)
        : network_(network), happenings_(happenings), span_(span), clock_(clock) {}

    void add(Kind kind, const models::Whereabouts& at) {
        models::for_disturbances(
            network_, happenings_, kind, at, span_, [&](const Disturbance& d, const models::Happening& one) {
                steps_.push_back({std::max(one.from, span_.from),
                                  d.name,
                                  fmt::format("{} until {}", what_it_does(network_, d), clock_.moment(one.until)),
                                  {}});
            });
    }
    std::vector<Step> take() {
        std::ranges::stable_sort(steps_, {}, &Step::at);
        return std::move(steps_);
    }

private:
    const models::Network& network_;
    const models::Happenings& happenings_;
    models::Span span_;
    const Clock& clock_;
    std::vector<Step> steps_;
};

}  // namespace

std::vector<Step> disturbances_at(const models::Network& network, const models::Happenings& happenings,
                                  models::SiteId site, std::optional<models::Channel> channel, const models::Span& span,
                                  const Clock& clock) {
    Telling telling(network, happenings, span, clock);
    for (const Kind kind : {Kind::site_closed, Kind::site_slow, Kind::absence}) telling.add(kind, {.site = site});
    for (const auto carrier : sim::ids<models::CarrierId>(network.carriers)) {
        const models::Carrier& terms = network.carriers[carrier];
        if (channel && terms.channel != *channel && !terms.expedite) continue;
        for (const Kind kind : {Kind::carrier_capacity, Kind::carrier_peak}) {
            telling.add(kind, {.site = site, .carrier = carrier});
        }
    }
    return telling.take();
}

std::vector<Step> disturbances_of(const models::Network& network, const models::Happenings& happenings,
                                  models::SupplierId supplier, const models::Span& span, const Clock& clock) {
    Telling telling(network, happenings, span, clock);
    for (const Kind kind : {Kind::supplier_stop, Kind::supplier_slip, Kind::supplier_capacity, Kind::supplier_spell}) {
        telling.add(kind, {.supplier = supplier});
    }
    return telling.take();
}

std::string disturbances_text(const std::vector<Step>& steps) {
    std::vector<std::string> all;
    for (const Step& step : steps) {
        std::string one = fmt::format("{} ({})", step.who, step.what);
        if (std::ranges::find(all, one) == all.end()) all.push_back(std::move(one));
    }
    return listed(all);
}

}  // namespace entrepot::studies::explain
