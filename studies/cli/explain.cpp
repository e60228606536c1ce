#include <algorithm>
#include <iostream>
#include <limits>

#include <fmt/format.h>

#include "scenarios/problem.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/explain_source.hpp"
#include "studies/cli/terminal.hpp"
#include "studies/explain/diary.hpp"
#include "studies/explain/item_watcher.hpp"
#include "studies/explain/order_watcher.hpp"
#include "studies/explain/worst.hpp"
#include "studies/quoted.hpp"

/// One replication again, bit for bit, told as a story.
namespace entrepot::studies::cli {

namespace {

CommandOptions explain_options() {
    CommandOptions options{
        .command = "explain",
        .usage = "STUDY.h5|SCENARIO WHAT [OPTIONS]",
        .explanation =
            "Runs one replication again, bit for bit, and tells what happened to one thing in it: when, by whom, what\n"
            "was known and what was true, and why it came as it did. Begin with what went worst; the list says which\n"
            "command explains each of it.\n\n"
            "  entrepot explain spike.h5 --worst 10\n"
            "  entrepot explain spike.h5 --order SE-2026-05-12-b2b-0042\n"
            "  entrepot explain spike.h5 --order SE-2026-05-12-b2b-0042 --strategy S6\n"
            "  entrepot explain spike.h5 --item A0598 --site SE\n"
            "  entrepot explain spike.h5 --site SE\n"
            "  entrepot explain spike.h5 --day 2026-06-12\n"
            "  entrepot explain spike.h5 --purchase PO-SE-A0598-2026-06-01\n"
            "  entrepot explain scenarios/tiny.toml --order North-2026-01-20-b2b-0003 --json\n\n"
            "An order has one name under every strategy: its warehouse, its day, its stream and its number therein.\n"
            "Purchase lines and transfers are named by what was decided, and on which day.\n",
        .visible = po::options_description("options"),
        .positional = "source"};
    auto add = options.visible.add_options();
    add("help,h", "explain this command");
    add("worst", po::value<std::string>(), "what went worst, so many of each kind");
    add("order", po::value<std::string>(), "the story of an order");
    add("item", po::value<std::string>(), "of an item at --site, or how all warehouses did with it");
    add("site", po::value<std::string>(), "which warehouse");
    add("day", po::value<std::string>(),
        "which day: a date, or days since the start of the measured window, as '3' or '3 d'");
    add("purchase", po::value<std::string>(), "of a purchase line");
    add("transfer", po::value<std::string>(), "of a transfer between warehouses");
    add_source_options(options.visible);
    add("json", "the same as JSON");
    return options;
}

/// What a command needs to tell its story.
struct Asked {
    const ExplainSource& source;
    const models::Network& network;
    const po::variables_map& values;
    explain::Names names;

    bool given(const char* option) const { return values.count(option) > 0; }
    std::string text(const char* option) const { return values[option].as<std::string>(); }
    bool whole() const { return source.kept != nullptr; }
    explain::Rerun run(std::span<explain::Watcher* const> watchers, bool to_the_end = true) const {
        return rerun(network, source.which, watchers, to_the_end);
    }
};

void print(const Asked& asked, const explain::Story& story, const explain::Rerun& again) {
    const StoryOrigin origin = origin_of(asked.source, again, asked.values);
    const Clock clock(asked.network.calendar);
    if (!origin.difference.empty()) tell("note: {}\n", origin.difference);
    std::cout << (asked.given("json") ? story_json(story, origin, clock)
                                      : fitted_around(story_text(story, origin, clock), origin.command));
}

[[noreturn]] void no_such(const std::string& option, const std::string& name, const std::vector<std::string>& names) {
    throw UsageError(fmt::format("explain: --{}: there is no {}{}; want {}", option, quoted(name),
                                 scenarios::suggestion(name, names), scenarios::some_of(names)));
}

models::SiteId chosen_site(const Asked& asked) {
    const auto site = asked.names.site(asked.text("site"));
    if (!site) no_such("site", asked.text("site"), asked.names.sites());
    return *site;
}

std::optional<int> chosen_day(const Asked& asked) {
    if (!asked.given("day")) return std::nullopt;
    try {
        return Clock(asked.network.calendar).read_day(asked.text("day"));
    } catch (const Clock::Unreadable& error) {
        throw UsageError(fmt::format("explain: --day: {}", error.what()));
    }
}

/// Sees how many orders come from where the asked one should.
class Neighbours : public explain::Watcher {
public:
    explicit Neighbours(const explain::OrderAddress& address) : address_(address) {}
    void see(const explain::Seen& seen) override {
        if (seen.event.to() != models::entity_of(address_.site)) return;
        for (const models::OrderPlaced& placed : seen.told<models::OrderPlaced>()) {
            const models::Order& order = seen.world.state.sites[address_.site].orders[placed.order];
            const bool mine = order.key == address_.key && order.internal == address_.internal;
            if (!mine || order.coordinate > address_.coordinate) continue;
            if (!last_ || order.coordinate > last_->coordinate) last_ = {address_.site, order.key, order.coordinate};
        }
    }
    bool serves() const override { return true; }
    /// The last one before it.
    const std::optional<explain::OrderAddress>& last() const { return last_; }

private:
    explain::OrderAddress address_;
    std::optional<explain::OrderAddress> last_;
};

int explain_order(const Asked& asked) {
    const std::string name = asked.text("order");
    const auto address = asked.names.find_order(name);
    if (!address) {
        throw UsageError(fmt::format("explain: --order: got {}{}, want the name of an order, such as {}", quoted(name),
                                     scenarios::suggestion(name, asked.names.orders_like(name)),
                                     fmt::join(asked.names.order_examples(), " or ")));
    }
    explain::Supply supply(asked.network);
    explain::OrderWatcher watcher(asked.network, *address, &supply);
    Neighbours neighbours(*address);
    explain::Watcher* watchers[] = {&supply, &watcher, &neighbours};
    const explain::Rerun again = asked.run(watchers, asked.whole());
    if (!watcher.found()) {
        const auto& last = neighbours.last();
        throw UsageError(fmt::format("explain: --order: there is no order {} in this replication: fewer came{}",
                                     asked.names.order(*address),
                                     last ? "; the last one before it is " + asked.names.order(*last) : ""));
    }
    print(asked, watcher.story(), again);
    return kOk;
}

int explain_item(const Asked& asked) {
    const auto item = asked.names.item(asked.text("item"));
    if (!item) no_such("item", asked.text("item"), asked.names.items());
    const auto day = chosen_day(asked);
    explain::Supply supply(asked.network);
    std::vector<explain::ItemWatcher> watched;
    if (asked.given("site")) {
        watched.emplace_back(asked.network, supply, chosen_site(asked), *item);
    } else {
        for (const auto site : sim::ids<models::SiteId>(asked.network.sites)) {
            watched.emplace_back(asked.network, supply, site, *item);
        }
    }
    std::vector<explain::Watcher*> watchers{&supply};
    for (explain::ItemWatcher& one : watched) watchers.push_back(&one);
    const explain::Rerun again = asked.run(watchers);
    print(asked, watched.size() == 1 ? watched.front().story(day) : story_of_sites(watched, day), again);
    return kOk;
}

template <class Course>
[[noreturn]] void no_such_course(const Asked& asked, const char* option, const explain::Supply& supply,
                                 const std::vector<Course>& courses) {
    std::vector<std::string> names;
    for (const Course& course : courses) names.push_back(supply.name(course));
    const std::string name = asked.text(option);
    throw UsageError(fmt::format("explain: --{}: this replication has no {}{}{}", option, quoted(name),
                                 scenarios::suggestion(name, names),
                                 names.empty() ? "; it has none at all" : "; --worst and --item name some"));
}

int explain_course(const Asked& asked) {
    explain::Supply supply(asked.network);
    explain::Watcher* watchers[] = {&supply};
    const explain::Rerun again = asked.run(watchers);
    if (asked.given("purchase")) {
        const explain::PurchaseCourse* course = supply.find_purchase(asked.text("purchase"));
        if (course == nullptr) no_such_course(asked, "purchase", supply, supply.purchases());
        print(asked, supply.story(*course), again);
    } else {
        const explain::TransferCourse* course = supply.find_transfer(asked.text("transfer"));
        if (course == nullptr) no_such_course(asked, "transfer", supply, supply.transfers());
        print(asked, supply.story(*course), again);
    }
    return kOk;
}

/// A warehouse week by week, or a day at one of them or at all.
int explain_diary(const Asked& asked) {
    const auto site = asked.given("site") ? std::optional(chosen_site(asked)) : std::nullopt;
    explain::Diary diary(asked.network, site, chosen_day(asked));
    explain::Watcher* watchers[] = {&diary};
    const explain::Rerun again = asked.run(watchers);
    print(asked, diary.story(), again);
    return kOk;
}

int explain_worst(const Asked& asked) {
    constexpr std::int64_t kMost = 1000;
    const auto most = static_cast<std::size_t>(*whole_number(asked.values, "explain", "worst", 1, kMost));
    explain::Supply supply(asked.network);
    explain::Worst worst(asked.network, supply, most);
    explain::Watcher* watchers[] = {&supply, &worst};
    const explain::Rerun again = asked.run(watchers);
    const StoryOrigin origin = origin_of(asked.source, again, asked.values);
    if (!origin.difference.empty()) tell("note: {}\n", origin.difference);
    std::cout << (asked.given("json") ? worst_json(worst.lists(), origin)
                                      : fitted_around(worst_text(worst.lists(), origin), origin.command));
    return kOk;
}

/// One thing, with what may narrow it down. All that is wrong is told at once.
void check_what(const po::variables_map& values) {
    std::vector<std::string> what, wrong;
    for (const char* option : {"worst", "order", "item", "purchase", "transfer"}) {
        if (values.count(option)) what.push_back(fmt::format("--{}", option));
    }
    const bool place = values.count("site") > 0 || values.count("day") > 0;
    if (what.size() > 1) wrong.push_back(fmt::format("got {}, want one of them", fmt::join(what, " and ")));
    if (what.empty() && !place) {
        wrong.push_back(
            "want what to explain: --worst 10, --order NAME, --item NAME, --site NAME, --day DATE, --purchase NAME or "
            "--transfer NAME");
    }
    if (place && what.size() == 1 && what.front() != "--item") {
        wrong.push_back(
            fmt::format("--site and --day go with --item, or stand alone: leave them out with {}", what.front()));
    }
    if (!wrong.empty()) throw UsageError("explain: " + fmt::format("{}", fmt::join(wrong, "\n")));
}

}  // namespace

int run_explain(const std::vector<std::string>& arguments) {
    const auto values = parse(explain_options(), arguments);
    if (!values) return kOk;
    check_what(*values);
    const auto source = read_source("explain", "entrepot explain STUDY.h5 --worst 10", *values);
    if (!source) return kBadInput;
    const models::Network network = scenarios::build(source->loaded, source->strategy);
    const Asked asked{*source, network, *values, explain::Names(network)};
    if (asked.given("worst")) return explain_worst(asked);
    if (asked.given("order")) return explain_order(asked);
    if (asked.given("item")) return explain_item(asked);
    if (asked.given("purchase") || asked.given("transfer")) return explain_course(asked);
    return explain_diary(asked);
}

}  // namespace entrepot::studies::cli
