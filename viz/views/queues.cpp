#include <algorithm>

#include <fmt/format.h>

#include "viz/live/case_words.hpp"
#include "viz/views/desks.hpp"
#include "viz/views/figures.hpp"
#include "viz/views/registry.hpp"

namespace entrepot::viz {

namespace {

/// What waits, since when and why; and what was known beside what was true.
class QueuesView final : public View {
public:
    std::string_view name() const override { return "queues"; }
    std::string_view title() const override { return "Queues"; }
    std::string_view hint() const override {
        return "What waits for people, doors, waves, carriers and suppliers at this moment, and what record and "
               "headquarters believe where the shelf says otherwise. Click a case to open it (o opens the next). "
               "Follow a warehouse to see its own.";
    }
    bool wants_lists() const override { return true; }
    void draw(Frame& frame) override;

private:
    void draw_floor(const Frame& frame) const;
    void draw_suppliers(const Frame& frame) const;
    void draw_carriers(const Frame& frame) const;
    void draw_interfaces(const Frame& frame) const;
    void draw_known(Frame& frame) const;
};

std::string since_text(models::Time since, models::Time now) {
    return since == sim::kNever ? "\u2013" : waited_text(now - since);
}

void QueuesView::draw(Frame& frame) {
    ImGui::BeginChild("queues", {}, false, ImGuiWindowFlags_HorizontalScrollbar | ImGuiWindowFlags_NavFlattened);
    ImGui::PushFont(frame.fonts.bold);
    ImGui::TextUnformatted(fmt::format("{} {}", frame.lane().strategy, frame.lane().title).c_str());
    ImGui::PopFont();
    if (frame.lane().scene.lists.floors.empty()) {
        ImGui::TextDisabled("looking ...");
    } else {
        draw_desks(frame);
        draw_floor(frame);
        draw_carriers(frame);
        draw_interfaces(frame);
        draw_known(frame);
        draw_suppliers(frame);
    }
    ImGui::EndChild();
}

void QueuesView::draw_floor(const Frame& frame) const {
    if (!ImGui::CollapsingHeader("Warehouses: waves, dock, carriers", ImGuiTreeNodeFlags_DefaultOpen)) return;
    if (!begin_table(frame, "floor",
                     {{"Site"},
                      {"For stock"},
                      {"Held"},
                      {"For a wave"},
                      {"oldest", 1.4F},
                      {"For a picker"},
                      {"oldest", 1.4F},
                      {"At dock"},
                      {"For a truck"}})) {
        return;
    }
    const Scene& scene = frame.lane().scene;
    for (std::size_t i = 0; i < scene.sites.size(); ++i) {
        if (frame.selection.site >= 0 && frame.selection.site != static_cast<int>(i)) continue;
        const SiteScene& s = scene.sites[i];
        const FloorScene& f = scene.lists.floors[i];
        ImGui::TableNextRow();
        left_cell(frame, frame.network().sites[models::SiteId{i}].name);
        right_cell(frame, count_text(s.waiting_stock));
        right_cell(frame, count_text(s.unreleased));
        right_cell(frame, count_text(s.released));
        right_cell(frame, since_text(f.oldest_released, scene.now));
        right_cell(frame, count_text(s.in_wave));
        right_cell(frame, since_text(f.oldest_in_wave, scene.now));
        right_cell(frame, count_text(s.dock));
        right_cell(frame, count_text(s.staged));
    }
    ImGui::EndTable();
}

void QueuesView::draw_carriers(const Frame& frame) const {
    if (!ImGui::CollapsingHeader("Carriers: trucks to customers")) return;
    if (!begin_table(frame, "carriers",
                     {{"Site", 0.8F},
                      {"For", 1.6F},
                      {"At the dock"},
                      {"missed a day", 1.1F},
                      {"Next truck", 1.8F},
                      {"Carrier", 1.5F},
                      {"Room today"}})) {
        return;
    }
    std::size_t shown = 0;
    for (const CarrierScene& c : frame.lane().scene.flows.carriers) {
        if (frame.selection.site >= 0 && frame.selection.site != c.site) continue;
        ImGui::TableNextRow();
        left_cell(frame, frame.network().sites[models::SiteId{c.site}].name);
        left_cell(frame, std::string(lane_name(c.lane)));
        right_cell(frame, count_text(c.waiting));
        right_cell(frame, count_text(c.left_behind), c.left_behind > 0 ? frame.theme.warn : frame.theme.ink);
        const bool comes = c.departs != sim::kNever;
        right_cell(frame, comes ? frame.clock().short_moment(c.departs) : "none today");
        left_cell(frame, comes ? frame.network().carriers[models::CarrierId{c.carrier}].name : "");
        right_cell(frame, comes ? count_text(c.capacity) : "\u2013");
        ++shown;
    }
    ImGui::EndTable();
    if (shown == 0) nothing("there is no carrier", frame);
}

/// How the news of the shelves travel: what is on the way, and how far headquarters is from the record.
void QueuesView::draw_interfaces(const Frame& frame) const {
    if (!ImGui::CollapsingHeader("Interfaces: news on their way to record and headquarters",
                                 ImGuiTreeNodeFlags_DefaultOpen)) {
        return;
    }
    if (!begin_table(frame, "interfaces",
                     {{"Site", 0.8F},
                      {"News go", 1.2F},
                      {"Posts to do"},
                      {"of units", 0.9F},
                      {"Goods to tell"},
                      {"Next at", 1.5F},
                      {"HQ has items wrong"},
                      {"by units", 0.9F},
                      {"its oldest news", 1.2F}})) {
        return;
    }
    const Scene& scene = frame.lane().scene;
    for (const InterfaceScene& one : scene.flows.interfaces) {
        if (frame.selection.site >= 0 && frame.selection.site != one.site) continue;
        ImGui::TableNextRow();
        left_cell(frame, frame.network().sites[models::SiteId{one.site}].name);
        left_cell(frame, one.batch ? "nightly" : "by events");
        right_cell(frame, count_text(one.postings));
        right_cell(frame, count_text(static_cast<double>(scene.sites[one.site].postings)));
        right_cell(frame, count_text(one.receipts));
        right_cell(frame, one.next == sim::kNever ? (one.batch ? "tonight" : "when news")
                                                  : frame.clock().short_moment(one.next));
        right_cell(frame, count_text(one.wrong_items), one.wrong_items > 0 ? frame.theme.warn : frame.theme.ink);
        right_cell(frame, count_text(static_cast<double>(one.wrong_units)));
        right_cell(frame, one.wrong_items > 0 ? waited_text(one.oldest) : "");
    }
    ImGui::EndTable();
}

void QueuesView::draw_known(Frame& frame) const {
    if (!ImGui::CollapsingHeader("Known and true: where the record is furthest from the shelf",
                                 ImGuiTreeNodeFlags_DefaultOpen))
        return;
    if (!begin_table(frame, "known",
                     {{"Item", 1.2F},
                      {"Site", 0.8F},
                      {"On the shelf"},
                      {"On record"},
                      {"Free on record", 1.1F},
                      {"HQ believes", 1.1F},
                      {"heard", 1.5F}})) {
        return;
    }
    const Scene& scene = frame.lane().scene;
    int row = 0;
    for (const Known& k : scene.lists.known) {
        if (frame.selection.site >= 0 && frame.selection.site != k.site) continue;
        if (row++ > 15) break;
        ImGui::TableNextRow();
        ImGui::TableNextColumn();
        ImGui::PushID(row);
        if (ImGui::Selectable(frame.network().items[models::ItemId{k.item}].name.c_str(),
                              frame.selection.item == k.item)) {
            frame.selection.item = k.item;
        }
        ImGui::PopID();
        left_cell(frame, frame.network().sites[models::SiteId{k.site}].name);
        right_cell(frame, count_text(k.shelf));
        right_cell(frame, count_text(k.record));
        right_cell(frame, count_text(k.net));
        right_cell(frame, count_text(k.believed));
        right_cell(frame, waited_text(scene.now - k.heard) + " ago");
    }
    ImGui::EndTable();
    if (row == 0) nothing("record and shelf are alike", frame);
}

void QueuesView::draw_suppliers(const Frame& frame) const {
    if (!ImGui::CollapsingHeader("Suppliers: purchase lines to come", ImGuiTreeNodeFlags_DefaultOpen)) return;
    if (!begin_table(
            frame, "suppliers",
            {{"Supplier", 1.7F}, {"Lines"}, {"Units", 1.1F}, {"Overdue"}, {"Will be late"}, {"Oldest due", 1.6F}}))
        return;
    const std::size_t sites = frame.network().sites.size();
    std::vector<std::pair<std::size_t, SupplierScene>> shown;  // those that have something to bring
    for (std::size_t i = 0; i < frame.network().suppliers.size(); ++i) {
        SupplierScene sum;
        for (std::size_t site = 0; site < sites; ++site) {
            if (frame.selection.site >= 0 && frame.selection.site != static_cast<int>(site)) continue;
            const SupplierScene& one = frame.lane().scene.lists.suppliers[i * sites + site];
            sum.lines += one.lines, sum.overdue += one.overdue, sum.slipping += one.slipping, sum.units += one.units;
            sum.oldest_due = std::min(sum.oldest_due, one.oldest_due);
        }
        if (sum.lines > 0) shown.emplace_back(i, sum);
    }
    std::ranges::stable_sort(shown, std::ranges::greater{}, [](const auto& one) { return one.second.overdue; });
    for (const auto& [i, s] : shown) {
        ImGui::TableNextRow();
        left_cell(frame, frame.network().suppliers[models::SupplierId{i}].name);
        right_cell(frame, count_text(s.lines));
        right_cell(frame, count_text(static_cast<double>(s.units)));
        right_cell(frame, count_text(s.overdue));
        right_cell(frame, count_text(s.slipping));
        right_cell(frame, s.oldest_due == sim::kNever ? "" : frame.clock().short_moment(s.oldest_due));
    }
    ImGui::EndTable();
    if (shown.empty()) nothing("no purchase line is to come", frame);
}

}  // namespace

std::unique_ptr<View> make_queues_view() { return std::make_unique<QueuesView>(); }

}  // namespace entrepot::viz
