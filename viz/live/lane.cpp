#include "viz/live/lane.hpp"

#include <algorithm>

#include "studies/explain/names.hpp"

namespace entrepot::viz {

Lane::Lane(const scenarios::Loaded& loaded, const std::string& strategy, const studies::Which& which,
           std::size_t memory, Told told)
    : told_(std::move(told)),
      recording_(loaded, {.strategy = strategy, .which = which, .memory = memory}, listeners()) {
    cases_.name_from(network());
}

Lane::Lane(const Lane& before, const scenarios::Loaded& loaded, const std::string& strategy, std::size_t memory,
           Told told)
    : told_(std::move(told)),
      cases_(before.cases_.inherited(before.until_now())),
      recording_(before.recording_.fork(loaded, strategy, listeners(), memory)) {
    cases_.name_from(network());
}

studies::RecordingListeners Lane::listeners() {
    return {.facts =
                [this](std::span<const models::Fact> facts) {
                    if (hours_) hours_->read(facts);
                    cases_.read(facts);
                },
            .hour = [this](const models::World& world) { hour_ends(world); }};
}

/// The first hour that is told has nothing behind it: it only says which network this is.
void Lane::hour_ends(const models::World& world) {
    if (!hours_) {
        looker_ = std::make_unique<Looker>(*world.network);
        hours_ = std::make_unique<HourCounter>(*looker_, world);
        return;
    }
    const auto hour = std::chrono::floor<sim::hours>(world.now.time_since_epoch()).count();
    told_(static_cast<std::size_t>(hour - 1), hours_->close(*looker_, world));
}

/// Of a moment between two events what has happened at it belongs to what is shown, of the end its close.
Until Lane::until_now() const { return {recording_.now(), recording_.within_instant() || recording_.ended()}; }

Scene Lane::scene(const Wanted& wanted) const {
    Scene scene = looker_ ? looker_->scene(recording_.world(), wanted)
                          : Looker(recording_.network()).scene(recording_.world(), wanted);
    for (CaseScene& one : scene.lists.cases) {
        if (one.where == CaseScene::Where::approval)
            one.since = cases_.last_asked(one.number, until_now()).value_or(one.raised);
    }
    if (wanted.one_case) open_case(wanted, scene);
    return scene;
}

namespace {

/// The order of that name, as far as its place in the book isn't another's.
std::string order_text(const models::World& world, models::SiteId site, std::uint32_t name) {
    const auto& orders = world.state.sites[site].orders;
    for (std::uint32_t place = 0; place < orders.size(); ++place) {
        if (models::name_of(orders[place]) == name) {
            return studies::explain::Names(*world.network).order(site, orders[place]);
        }
    }
    return "";
}

/// That has waited longest for people.
std::uint32_t longest_waiting(const Scene& scene) {
    using Where = CaseScene::Where;
    const auto waits = [](const CaseScene& one) {
        return one.where == Where::urgent || one.where == Where::ordinary || one.where == Where::approval;
    };
    const auto first = std::ranges::find_if(scene.lists.cases, waits);
    return first == scene.lists.cases.end() ? models::kNone : first->number;
}

}  // namespace

void Lane::open_case(const Wanted& wanted, Scene& scene) const {
    const models::World& world = recording_.world();
    scene.lists.looked_for = wanted.opened;
    std::uint32_t number = wanted.opened;
    if (number == models::kNone) number = longest_waiting(scene);
    if (number == models::kNone && cases_.cases() > 0) number = world.state.headquarters.cases_raised - 1;
    auto history = cases_.history(number, until_now());
    if (!history) return;
    OpenedCase opened{.history = std::move(*history), .waits = {}, .order = {}, .known = {}};
    const auto waits = std::ranges::find(scene.lists.cases, number, &CaseScene::number);
    if (waits != scene.lists.cases.end()) opened.waits = *waits;
    if (opened.history.order != 0 && opened.history.of_stock())
        opened.order = order_text(world, opened.history.site, opened.history.order);
    if (opened.history.of_stock()) opened.known = look_at_location(world, opened.history.site, opened.history.item);
    scene.lists.opened = std::move(opened);
}

}  // namespace entrepot::viz
