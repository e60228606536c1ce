#include <algorithm>

#include <fmt/format.h>

#include "viz/views/registry.hpp"

namespace entrepot::viz {

namespace {

using Where = CaseScene::Where;

/// What waits, since when and why; and what was known beside what was true.
class QueuesView final : public View {
public:
    std::string_view name() const override { return "queues"; }
    std::string_view title() const override { return "Queues"; }
    std::string_view hint() const override {
        return "What waits for people, doors, waves, carriers and suppliers at this moment, the longest first, and "
               "what record and headquarters believe where the shelf says otherwise. Follow a warehouse to see its "
               "own.";
    }
    bool wants_lists() const override { return true; }
    void draw(Frame& frame) override;

private:
    void draw_floor(const Frame& frame) const;
    void draw_cases(Frame& frame) const;
    void draw_suppliers(const Frame& frame) const;
    void draw_known(Frame& frame) const;
};

constexpr std::size_t kMostRows = 120;

void cell(const std::string& text) {
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(text.c_str());
}

void number(const std::string& text) {
    ImGui::TableNextColumn();
    const float spare = ImGui::GetContentRegionAvail().x - ImGui::CalcTextSize(text.c_str()).x;
    if (spare > 0) ImGui::SetCursorPosX(ImGui::GetCursorPosX() + spare);
    ImGui::TextUnformatted(text.c_str());
}

bool begin_table(const char* id, std::initializer_list<const char*> columns, std::initializer_list<float> shares) {
    if (!ImGui::BeginTable(id, static_cast<int>(columns.size()), kTable)) return false;
    auto share = shares.begin();
    for (const char* column : columns) ImGui::TableSetupColumn(column, ImGuiTableColumnFlags_WidthStretch, *share++);
    ImGui::TableHeadersRow();
    return true;
}

/// "3 d 4 h", "25 min".
std::string span_text(models::Duration span) {
    const auto minutes = std::chrono::floor<sim::minutes>(span).count();
    if (minutes >= 48 * 60) return fmt::format("{} d {} h", minutes / 1440, minutes / 60 % 24);
    return minutes >= 60 ? fmt::format("{} h {:02} min", minutes / 60, minutes % 60) : fmt::format("{} min", minutes);
}

std::string kind_text(models::DecisionKind kind) {
    switch (kind) {
        case models::DecisionKind::purchase:
            return "purchase";
        case models::DecisionKind::transfer:
            return "transfer";
        case models::DecisionKind::escalation:
            return "escalation";
        case models::DecisionKind::supplier_exception:
            return "late supplier";
    }
    return "";
}

std::string reason_text(const CaseScene& c, const Frame& frame) {
    const bool agent = c.kind == models::DecisionKind::escalation && c.where != Where::approval;
    const char* who = agent ? "an agent" : "a planner";
    switch (c.where) {
        case Where::urgent:
            return fmt::format("for {}, urgent", who);
        case Where::ordinary:
            return fmt::format("for {}", who);
        case Where::preparing:
            return "facts are gathered until " + frame.clock().short_moment(c.until);
        case Where::approval:
            return "for approval, given " + frame.clock().short_moment(c.until);
        case Where::at_work:
            return "being handled until " + frame.clock().short_moment(c.until);
    }
    return "";
}

std::string since_text(models::Time since, models::Time now) {
    return since == sim::kNever ? "\u2013" : span_text(now - since);
}

void QueuesView::draw(Frame& frame) {
    ImGui::BeginChild("queues");
    ImGui::PushFont(frame.fonts.bold);
    ImGui::TextUnformatted(fmt::format("{} {}", frame.lane().strategy, frame.lane().title).c_str());
    ImGui::PopFont();
    if (frame.lane().scene.lists.floors.empty()) {
        ImGui::TextDisabled("looking ...");
    } else {
        draw_floor(frame);
        draw_cases(frame);
        draw_known(frame);
        draw_suppliers(frame);
    }
    ImGui::EndChild();
}

void QueuesView::draw_floor(const Frame& frame) const {
    if (!ImGui::CollapsingHeader("Warehouses: waves, dock, carriers", ImGuiTreeNodeFlags_DefaultOpen)) return;
    if (!begin_table("floor",
                     {"Site", "For stock", "To release", "For a wave", "oldest", "For a picker", "oldest", "To unload",
                      "For a carrier"},
                     {1, 1.2F, 1.2F, 1.2F, 1.4F, 1.4F, 1.4F, 1.2F, 1.4F})) {
        return;
    }
    const Scene& scene = frame.lane().scene;
    for (std::size_t i = 0; i < scene.sites.size(); ++i) {
        if (frame.selection.site >= 0 && frame.selection.site != static_cast<int>(i)) continue;
        const SiteScene& s = scene.sites[i];
        const FloorScene& f = scene.lists.floors[i];
        ImGui::TableNextRow();
        cell(frame.network().sites[models::SiteId{i}].name);
        number(count_text(s.waiting_stock));
        number(count_text(s.unreleased));
        number(count_text(s.released));
        number(since_text(f.oldest_released, scene.now));
        number(count_text(s.in_wave));
        number(since_text(f.oldest_in_wave, scene.now));
        number(count_text(s.dock));
        number(count_text(s.staged));
    }
    ImGui::EndTable();
}

void QueuesView::draw_cases(Frame& frame) const {
    const Scene& scene = frame.lane().scene;
    const std::string head = fmt::format(
        "Headquarters: {} cases wait for planners, {} for agents, {} for approval###cases",
        count_text(scene.planners.waiting()), count_text(scene.agents.waiting()), count_text(scene.approvals));
    if (!ImGui::CollapsingHeader(head.c_str(), ImGuiTreeNodeFlags_DefaultOpen)) return;
    if (!begin_table("cases", {"What", "Site", "Item", "Units", "Since", "Waits"}, {1.3F, 0.7F, 1.3F, 0.9F, 1.4F, 3}))
        return;
    std::size_t shown = 0;
    for (const CaseScene& c : scene.lists.cases) {
        if (frame.selection.site >= 0 && frame.selection.site != c.site) continue;
        if (++shown > kMostRows) break;
        ImGui::TableNextRow();
        cell(kind_text(c.kind));
        cell(frame.network().sites[models::SiteId{c.site}].name);
        ImGui::TableNextColumn();
        ImGui::PushID(static_cast<int>(shown));
        if (c.item < frame.network().items.size() &&
            ImGui::Selectable(frame.network().items[models::ItemId{c.item}].name.c_str(),
                              frame.selection.item == c.item)) {
            frame.selection.item = c.item;
        }
        ImGui::PopID();
        number(c.units > 0 ? count_text(c.units) : "late");
        number(span_text(scene.now - c.raised));
        cell(reason_text(c, frame));
    }
    ImGui::EndTable();
    if (scene.lists.cases.empty()) ImGui::TextDisabled("nothing waits");
    if (shown > kMostRows) ImGui::TextDisabled("... and %zu more", scene.lists.cases.size() - kMostRows);
}

void QueuesView::draw_known(Frame& frame) const {
    if (!ImGui::CollapsingHeader("Known and true: where the record is furthest from the shelf",
                                 ImGuiTreeNodeFlags_DefaultOpen))
        return;
    if (!begin_table("known", {"Item", "Site", "On the shelf", "On record", "Free on record", "HQ believes", "heard"},
                     {1.3F, 0.8F, 1.2F, 1.1F, 1.4F, 1.3F, 1.2F})) {
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
        cell(frame.network().sites[models::SiteId{k.site}].name);
        number(count_text(k.shelf));
        number(count_text(k.record));
        number(count_text(k.net));
        number(count_text(k.believed));
        number(span_text(scene.now - k.heard) + " ago");
    }
    ImGui::EndTable();
}

void QueuesView::draw_suppliers(const Frame& frame) const {
    if (!ImGui::CollapsingHeader("Suppliers: purchase lines to come", ImGuiTreeNodeFlags_DefaultOpen)) return;
    if (!begin_table("suppliers", {"Supplier", "Lines", "Units", "Overdue", "Will be late", "Oldest due"},
                     {1.6F, 0.9F, 1.1F, 1, 1.1F, 1.5F}))
        return;
    const Scene& scene = frame.lane().scene;
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < scene.lists.suppliers.size(); ++i) {
        if (scene.lists.suppliers[i].lines > 0) order.push_back(i);
    }
    std::ranges::stable_sort(order, std::ranges::greater{},
                             [&](std::size_t i) { return scene.lists.suppliers[i].overdue; });
    for (const std::size_t i : order) {
        const SupplierScene& s = scene.lists.suppliers[i];
        ImGui::TableNextRow();
        cell(frame.network().suppliers[models::SupplierId{i}].name);
        number(count_text(s.lines));
        number(count_text(static_cast<double>(s.units)));
        number(count_text(s.overdue));
        number(count_text(s.slipping));
        number(s.oldest_due == sim::kNever ? "" : frame.clock().short_moment(s.oldest_due));
    }
    ImGui::EndTable();
}

}  // namespace

std::unique_ptr<View> make_queues_view() { return std::make_unique<QueuesView>(); }

}  // namespace entrepot::viz
