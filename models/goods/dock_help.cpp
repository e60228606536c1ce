#include "models/goods/dock_help.hpp"

#include <algorithm>
#include <cmath>

#include "models/goods/receiving.hpp"
#include "models/goods/warehouse.hpp"

namespace entrepot::models {

namespace {

/// So many more pickers may go to the dock: who can receive, has no task, and finds a load.
int most_helpers(const SiteState& site, const Site& terms) {
    constexpr double kRounding = 1e-9;  // half of ten people are five, whatever the binary fraction says
    const int people = site.on_duty + site.on_overtime;
    const int able = static_cast<int>(people * terms.cross_training.share + kRounding) - site.crew.helping;
    return std::min({able, people - site.picking, static_cast<int>(site.dock.size())});
}

void go_to_dock(SiteState& site, int helpers, Context& context) {
    count_picking(site, context.now());
    site.crew.helping += helpers;
    site.picking += helpers;
    start_unloading(site, context);
}

}  // namespace

void send_to_dock(SiteState& site, double picking_ahead, Context& context) {
    const Site& terms = context.network().sites[site.id];
    const double unloading =
        static_cast<double>(site.dock.size()) / (terms.receive_lines_per_hour * terms.productive_share);
    if (unloading <= terms.cross_training.dock_hours * std::max(1, terms.receivers)) return;
    const int people = site.on_duty + terms.receivers;
    const double fair = people * unloading / (unloading + picking_ahead) - terms.receivers;
    const double helping = std::min<double>(std::floor(fair + 0.5), most_helpers(site, terms));
    if (helping <= 0) return;
    const auto helpers = static_cast<int>(helping);
    site.crew.kept_at_dock = helpers;
    go_to_dock(site, helpers, context);
}

void help_at_dock(SiteState& site, Context& context) {
    if (!site.receivers_on || site.dock.empty()) return;
    const int helpers = most_helpers(site, context.network().sites[site.id]);
    if (helpers > 0) go_to_dock(site, helpers, context);
}

void let_helpers_go(SiteState& site, Context& context) {
    Crew& crew = site.crew;
    const int unloading = std::max(0, site.receiving - context.network().sites[site.id].receivers);
    const bool at_once = context.network().strategy.waves.at_once;
    const bool picks_wait = !site.wave.empty() || !site.errands.empty() || (at_once && !site.released.empty());
    int stay = crew.helping;
    if (!site.receivers_on || site.dock.empty()) {
        crew.kept_at_dock = 0;
        stay = unloading;
    } else if (picks_wait) {
        stay = std::max(unloading, crew.kept_at_dock);
    }
    const int back = crew.helping - stay;
    if (back <= 0) return;
    count_picking(site, context.now());
    crew.helping -= back;
    site.picking -= back;
    start_picks(site, context);
}

}  // namespace entrepot::models
