#include "studies/item_days.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include "models/records/supply_account.hpp"
#include "results/text/digits.hpp"
#include "scenarios/problem.hpp"
#include "studies/explain/names.hpp"

namespace entrepot::studies {

namespace {

/// What one item takes in the file [bytes].
double bytes_of_an_item(const models::Network& network, const StudyOptions& options) {
    const auto days = static_cast<double>(network.calendar.total_days());
    return sizeof(std::int32_t) * double{results::kItemSeriesCount} * static_cast<double>(network.sites.size()) * days *
           static_cast<double>(options.strategies.size()) * options.replications;
}

/// What speaks against so many items; empty when nothing does.
std::string size_problem(const models::Network& network, std::size_t items, const StudyOptions& options) {
    const double each = bytes_of_an_item(network, options), all = each * static_cast<double>(items);
    if (all <= kMostItemBytes) return "";
    const double most = std::floor(kMostItemBytes / each);
    return fmt::format(
        "{} at {} for {} days under {} in {}{} would take {}, want at most {}: name {}fewer strategies, or ask for "
        "fewer replications ({})",
        results::counted(items, "item"), results::counted(network.sites.size(), "warehouse"),
        network.calendar.total_days(),
        options.strategies.size() == 1 ? "one strategy" : fmt::format("{} strategies", options.strategies.size()),
        options.precision ? "up to " : "",
        results::counted(static_cast<std::size_t>(options.replications), "replication"), results::size_text(all),
        results::size_text(kMostItemBytes),
        most >= 1 ? fmt::format("at most {} or ", results::counted(static_cast<std::size_t>(most), "item")) : "",
        options.precision ? "--most" : "-n");
}

}  // namespace

results::ChosenItems chosen_items(const models::Network& network, const std::vector<std::string>& names,
                                  const StudyOptions& options) {
    const explain::Names known(network);
    const std::vector<std::string> all = known.items();
    const bool every = names.size() == 1 && explain::same_name(names.front(), "all") && !known.item("all");
    results::ChosenItems chosen{.names = {}, .index = {}, .series = results::item_series_texts()};
    std::vector<std::string> problems;
    for (const std::string& name : every ? all : names) {
        const auto item = known.item(name);
        if (!item) {
            problems.push_back(fmt::format("the scenario has no item '{}'{}", name, scenarios::suggestion(name, all)));
            continue;
        }
        const auto index = static_cast<std::int32_t>(item->index());
        if (std::ranges::find(chosen.index, index) != chosen.index.end()) {
            problems.push_back(fmt::format("item '{}' is named twice", all[item->index()]));
            continue;
        }
        chosen.names.push_back(all[item->index()]);
        chosen.index.push_back(index);
    }
    const std::string size = size_problem(network, chosen.names.size(), options);
    if (!size.empty()) problems.push_back(size);
    if (!problems.empty()) throw std::invalid_argument(fmt::format("{}", fmt::join(problems, "; ")));
    return chosen;
}

void close_items(results::ItemDays& days, const results::ChosenItems& items, int day, const models::World& world) {
    const models::Network& network = *world.network;
    const models::Headquarters& hq = world.state.headquarters;
    for (std::size_t i = 0; i < items.index.size(); ++i) {
        const models::ItemId item{static_cast<std::size_t>(items.index[i])};
        for (const models::SiteState& site : world.state.sites) {
            const models::ShelfStock& shelf = site.truth[item];
            const models::StockRecord& record = site.record[item];
            const bool at_site = models::account_at_site(network, site.id, item);
            days.close(i, site.id.index(), day,
                       {.shipped = shelf.moved.shipped,
                        .sent = shelf.moved.sent,
                        .received = shelf.moved.received + shelf.moved.got,
                        .adjusted = shelf.moved.adjusted,
                        .on_hand = shelf.on_hand,
                        .at_docks = shelf.at_dock + shelf.staged,
                        .on_record = record.on_hand,
                        .waiting = record.waiting,
                        .on_order = at_site ? record.on_order : hq.view[hq.location(site.id, item)].on_order});
        }
    }
}

}  // namespace entrepot::studies
