#include "models/decisions/taking.hpp"

#include <algorithm>

#include "models/decisions/cases.hpp"

namespace entrepot::models {

namespace {

/// The skill that a desk's group has; none: it handles everything.
const SkillGroup* skill_of(std::size_t group, Role role, const Office& office) {
    const std::vector<SkillGroup>& skills = skill_groups(office, role);
    return group == Desk::kGeneralists || group > skills.size() ? nullptr : &skills[group - 1];
}

/// Who goes by cover looks at it now: stock has moved since the cases were put there.
std::uint32_t first_for(CaseQueue& queue, const SkillGroup* skill, const Headquarters& hq, const Network& network) {
    const bool by_cover = network.office.discipline == Discipline::cover;
    const auto place = [&](const CaseQueue::Waiting& waiting) {
        return place_in_queue(hq, hq.cases[waiting.at.place], network);
    };
    if (skill == nullptr) return by_cover ? queue.first_as_of(hq.cover_changes, place) : queue.first();
    // What is void may be taken by anybody: it is thrown away.
    const auto may = [&](const CaseAt& at) {
        if (!is_still(hq, at)) return true;
        const Case& one = hq.cases[at.place];
        return skill->handles(one.kind, site_of(one.about));
    };
    return queue.first(may,
                       [&](const CaseQueue::Waiting& waiting) { return by_cover ? place(waiting) : waiting.before; });
}

/// Urgent cases go first, but leave some of the people to the others: somebody must go on ordering. A share that isn't
/// whole people is rounded up, so that a single person deals with the urgent ones first.
std::optional<CaseAt> take_case(Headquarters& hq, Desk& desk, const DeskGroup& group, const SkillGroup* skill,
                                const Network& network) {
    const std::uint32_t urgent = first_for(desk.urgent, skill, hq, network);
    const std::uint32_t ordinary = first_for(desk.ordinary, skill, hq, network);
    if (urgent == kNone && ordinary == kNone) return std::nullopt;
    const bool enough = group.busy_on_urgent >= network.office.urgent_share * group.staff;
    const bool take_urgent = urgent != kNone && (ordinary == kNone || !enough);
    return take_urgent ? desk.urgent.take(urgent) : desk.ordinary.take(ordinary);
}

}  // namespace

void staff(Desk& desk, Role role, const Office& office) {
    const std::vector<SkillGroup>& skills = skill_groups(office, role);
    if (desk.groups.size() < skills.size() + 1) desk.groups.resize(skills.size() + 1);
    for (DeskGroup& group : desk.groups) group.staff = 0;
    desk.groups[Desk::kGeneralists].staff = generalists(office, role);
    for (std::size_t i = 0; i < skills.size(); ++i) desk.groups[i + 1].staff = skills[i].heads;
}

double place_in_queue(const Headquarters& hq, const Case& one, const Network& network) {
    if (one.urgent || one.subject == kNone || one.about.item() == StockKey::kNoItem) return 0;
    const ItemId item = item_of(one.about);
    switch (network.office.discipline) {
        case Discipline::arrival:
            break;
        case Discipline::value:
            return -(network.items[item].unit_cost * one.units).amount();
        case Discipline::cover: {
            const LocationId location = hq.location(site_of(one.about), item);
            const double rate = hq.levels[location].daily_rate;
            constexpr double kForGood = 1e9;  // days, where nobody wants it; a snapshot's reader takes it for a number
            return rate > 0 ? std::min(hq.view[location].net / rate, kForGood) : kForGood;
        }
    }
    return 0;
}

std::optional<NextCase> take_next_case(Headquarters& hq, Role role, const Network& network) {
    const Office& office = network.office;
    Desk& desk = hq.desk(role);
    const auto is_free = [](const DeskGroup& group) { return group.busy < group.staff; };
    if (std::ranges::none_of(desk.groups, is_free)) return std::nullopt;
    const auto take = [&](std::size_t index) -> std::optional<NextCase> {
        const DeskGroup& group = desk.groups[index];
        if (!is_free(group)) return std::nullopt;
        const auto taken = take_case(hq, desk, group, skill_of(index, role, office), network);
        if (!taken) return std::nullopt;
        return NextCase{*taken, static_cast<std::uint8_t>(index)};
    };
    // Who can do little goes first, so that the others stay free for what only they can do.
    for (std::size_t index = 1; index < desk.groups.size(); ++index) {
        if (const auto next = take(index)) return next;
    }
    return take(Desk::kGeneralists);
}

}  // namespace entrepot::models
