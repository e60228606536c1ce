#include "models/records/demand_record.hpp"

#include <algorithm>

namespace entrepot::models {

namespace {

constexpr float kNotKept = -1;
constexpr float kMostKept = 1e9F;

/// Days of each location in the table.
std::size_t days_of(const Headquarters& hq) { return hq.view.empty() ? 0 : hq.recorded_days.size() / hq.view.size(); }

std::size_t place_of(LocationId location, int day, std::size_t days) {
    return location.index() * days + static_cast<std::size_t>(day) % days;
}

bool is_kept(float units) { return units >= 0 && units <= kMostKept; }

}  // namespace

int kept_days(const Network& network) {
    int days = 0;
    for (const InventoryPolicy& policy : network.policies) {
        if (policy.levels) days = std::max({days, policy.needs.record_days, policy.fallback_needs.record_days});
    }
    return days;
}

void keep_day(Headquarters& hq, LocationId location, int day, double units) {
    const std::size_t days = days_of(hq);
    if (days > 0) hq.recorded_days[place_of(location, day, days)] = static_cast<float>(std::max(units, 0.0));
}

std::span<const float> recorded_days(const Headquarters& hq, LocationId location, int today, std::span<float> room) {
    const std::size_t days = days_of(hq);
    const int back = std::min({today, static_cast<int>(days), static_cast<int>(room.size())});
    std::size_t found = 0;
    for (int day = today - back; day < today; ++day) {
        const float units = hq.recorded_days[place_of(location, day, days)];
        if (is_kept(units)) room[found++] = units;
    }
    return room.first(found);
}

void keep_other_days(Headquarters& hq, const Network& network, int today) {
    const std::size_t before = days_of(hq), now = static_cast<std::size_t>(kept_days(network));
    if (before == 0 && now == 0) return;
    sim::Table<float> kept(now * hq.view.size(), kNotKept);
    const int back = std::min({std::max(today, 0), static_cast<int>(before), static_cast<int>(now)});
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        for (const ItemId item : sim::ids<ItemId>(network.items)) {
            const InventoryPolicy* policy = network.policy(site, item);
            if (policy == nullptr || !policy->levels) continue;
            const LocationId location = hq.location(site, item);
            for (int day = today - back; day < today; ++day)
                kept[place_of(location, day, now)] = hq.recorded_days[place_of(location, day, before)];
        }
    }
    hq.recorded_days = std::move(kept);
}

void move_days(Headquarters& hq, LocationId from, LocationId to) {
    const std::size_t days = days_of(hq);
    for (std::size_t i = 0; i < days; ++i) {
        float& given = hq.recorded_days[from.index() * days + i];
        float& gets = hq.recorded_days[to.index() * days + i];
        if (!is_kept(given) || !is_kept(gets)) continue;
        gets += given;
        given = 0;
    }
}

}  // namespace entrepot::models
