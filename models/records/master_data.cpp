#include "models/records/master_data.hpp"

#include <algorithm>
#include <utility>

#include "models/purposes.hpp"

namespace entrepot::models {

void draw_master_data(Headquarters& hq, const Network& network, const sim::Draws& draws) {
    const MasterData& terms = network.master_data;
    if (terms.errors <= 0) return;
    constexpr float kTenfold = 10;
    for (const ItemId id : sim::ids<ItemId>(network.items)) {
        const Item& item = network.items[id];
        auto stream = draws.at(purpose::master_data, item.key, 0);
        const double wrong = stream.uniform(), which = stream.uniform(), how = stream.uniform();
        MasterRecord record{.velocity = item.velocity};
        if (wrong < terms.errors) {
            const std::size_t others = network.classes.size() - 1;
            if (which < terms.units) {
                record.wrong_unit = item.pack > 1;
            } else if (which < terms.units + terms.costs) {
                record.cost_factor = how < 0.5 ? kTenfold : 1 / kTenfold;
            } else if (others > 0) {
                const auto step = 1 + std::min(others - 1, static_cast<std::size_t>(how * static_cast<double>(others)));
                record.velocity = ClassId{(item.velocity.index() + step) % network.classes.size()};
            }
        }
        hq.master.push_back(record);
    }
}

bool has_wrong_unit(const Headquarters& hq, ItemId item) { return !hq.master.empty() && hq.master[item].wrong_unit; }

Units as_ordered(const Headquarters& hq, ItemId item, Units units, const Network& network) {
    if (!has_wrong_unit(hq, item)) return units;
    constexpr std::int64_t kMost = 1'000'000'000;
    const Units pack = network.items[item].pack;
    return static_cast<Units>(std::min(std::int64_t{units} * pack, kMost / pack * pack));
}

Money cost_on_record(const Headquarters& hq, ItemId item, const Network& network) {
    const Money cost = network.items[item].unit_cost;
    return hq.master.empty() ? cost : cost * double{hq.master[item].cost_factor};
}

ClassId class_on_record(const Headquarters& hq, ItemId item, const Network& network) {
    return hq.master.empty() ? network.items[item].velocity : hq.master[item].velocity;
}

void report_wrong_unit(Headquarters& hq, ItemId item, Context& context) {
    if (!has_wrong_unit(hq, item) || std::exchange(hq.master[item].reported, true)) return;
    context.after(context.network().master_data.corrected_after, MasterCorrected{item.value});
}

void on(Headquarters& hq, const MasterCorrected& message, Context&) {
    hq.master[ItemId{message.item}].wrong_unit = false;
}

}  // namespace entrepot::models
