#include <memory>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "explain/told.hpp"
#include "models/network/calendar.hpp"
#include "studies/explain/item_watcher.hpp"
#include "studies/explain/message_text.hpp"
#include "studies/explain/worst.hpp"

/// Purchase lines whose course is known to the minute, and why a shelf ran dry.
namespace entrepot::tests {
namespace {

using namespace studies::explain;
using std::chrono::hours;
using std::chrono::minutes;
using testing::HasSubstr;

/// The record says seven days, the supplier takes ten from five minutes after the order; on the eighth day at nine a
/// planner pays for half of the time that is left.
TEST(PurchaseStory, TellsALateLineThatAPlannerChases) {
    const auto scenario = loaded("validation/planners_exceptions.toml", {"calendar.measure=40 d"});
    const models::Network network = network_of(scenario);
    Supply supply(network);
    Watcher* watchers[] = {&supply};
    rerun(network, {scenario.scenario.study.seed}, watchers, true);
    int told = 0;
    for (const PurchaseCourse& course : supply.purchases()) {
        if (course.under_way || course.known == sim::kNever) continue;
        ++told;
        EXPECT_EQ(course.begun, course.proposed);
        EXPECT_EQ(course.handled, course.proposed);
        EXPECT_EQ(course.placed, course.proposed);
        EXPECT_FALSE(course.approval);
        EXPECT_EQ(course.due, course.placed + sim::days{7});
        EXPECT_TRUE(course.late);
        EXPECT_TRUE(course.expedited);
        const models::Time promised = course.placed + minutes{5} + sim::days{10};
        const models::Time chased = models::at_hour(course.day() + 8, 9);
        EXPECT_EQ(course.arrived, chased + (promised - chased) / 2);
        EXPECT_EQ(course.put_away, course.arrived + network.strategy.integration.pump);
        EXPECT_EQ(supply.find_purchase(supply.name(course)), &course);
        const Story story = supply.story(course);
        EXPECT_EQ(story.name, "PO-W-" + network.items[course.item].name + "-" + Names(network).date(course.day()));
        EXPECT_THAT(steps_of(story), HasSubstr("should have brought"));
        EXPECT_THAT(steps_of(story), testing::Not(HasSubstr("a planner paid for faster delivery")));
        EXPECT_EQ(course.paid_at, chased);
        EXPECT_EQ(course.sooner, promised - course.arrived);
        EXPECT_THAT(steps_of(story), HasSubstr("for faster delivery: it is to come "));
        EXPECT_THAT(story.closing, HasSubstr(" paid for faster delivery brought it "));
        ASSERT_GE(story.stays.size(), 1U);
        EXPECT_EQ(longest_first(story.stays).front().where, "with the supplier");
        EXPECT_THAT(story.closing, HasSubstr("takes 7.0 days"));
        EXPECT_THAT(story.closing, HasSubstr("late"));
    }
    EXPECT_GT(told, 20);
}

/// A supplier that has never heard of an order is not to blame for it.
TEST(PurchaseStory, SaysThatAnOrderDidNotReachItsSupplier) {
    const auto tiny = loaded("tiny.toml");
    models::Network network = network_of(tiny, "S6");
    network.disturbances = {{.kind = models::Disturbance::Kind::outage,
                             .days = 60,
                             .interface = models::InterfaceName::purchase_order,
                             .everywhere = true}};
    finish(network);
    Supply supply(network);
    Watcher* watchers[] = {&supply};
    rerun(network, {tiny.scenario.study.seed}, watchers, true);
    int told = 0;
    for (const PurchaseCourse& course : supply.purchases()) {
        if (course.under_way || course.placed == sim::kNever) continue;
        const Story story = supply.story(course);
        if (course.reached != sim::kNever) {  // somebody has asked after it
            EXPECT_NE(story.closing.find("heard of it only"), std::string::npos) << story.closing;
            continue;
        }
        EXPECT_THAT(story.stays.back().where, testing::ContainsRegex("given up between|as a message"));
        EXPECT_NE(story.closing.find("had not heard of it at the end"), std::string::npos) << story.closing;
        EXPECT_EQ(story.closing.find("of its orders come later"), std::string::npos) << story.closing;
        ++told;
    }
    EXPECT_GT(told, 10);
}

/// What a line waits for its supplier's capacity is told; a supplier without a limit keeps nobody waiting.
TEST(PurchaseStory, TellsTheWaitForTheSuppliersCapacity) {
    const auto tiny = loaded("tiny.toml");
    models::Network network = network_of(tiny, "S0");
    for (const bool limited : {true, false}) {
        if (!limited) network.supplier_capacity.assign(network.suppliers.size(), {});
        Supply supply(network);
        Watcher* watchers[] = {&supply};
        rerun(network, {tiny.scenario.study.seed}, watchers, true);
        const PurchaseCourse* course = supply.find_purchase("PO-North-A0004-2026-01-05");
        ASSERT_NE(course, nullptr);
        const Story story = supply.story(*course);
        EXPECT_EQ(course->capacity_wait > sim::days{15}, limited);
        EXPECT_EQ(longest_first(story.stays).front().where == "waiting for the supplier's capacity", limited);
        EXPECT_EQ(story.closing.find("to wait for its capacity") != std::string::npos, limited) << story.closing;
    }
}

/// Of a line that comes a day late or more it is told what is usual of its supplier, and of no other.
TEST(PurchaseStory, SaysWhatIsUsualOfALateSupplier) {
    const auto tiny = loaded("tiny.toml");
    const models::Network network = network_of(tiny, "S0");
    Supply supply(network);
    Watcher* watchers[] = {&supply};
    rerun(network, {tiny.scenario.study.seed}, watchers, true);
    int late = 0, in_time = 0;
    for (const PurchaseCourse& course : supply.purchases()) {
        if (course.arrived == sim::kNever || course.due == sim::kNever) continue;
        const models::Supplier& supplier = network.suppliers[network.items[course.item].supplier];
        const bool is_late = course.arrived - course.due >= sim::days{1};
        (is_late ? late : in_time) += 1;
        const std::string usual = fmt::format("{} takes {:.0f} days on average, give or take", supplier.name,
                                              sim::in<sim::days>(supplier.lead_time_mean));
        EXPECT_EQ(supply.story(course).closing.find(usual) != std::string::npos, is_late) << supply.name(course);
    }
    EXPECT_GT(late, 3);
    EXPECT_GT(in_time, 3);
}

/// A planner is done with a transfer when it is ordered: what passes until the warehouse hears of it is its message.
TEST(TransferStory, WaitsForNoPlanner) {
    const auto tiny = loaded("tiny.toml");
    const models::Network network = network_of(tiny, "S0");
    Supply supply(network);
    Watcher* watchers[] = {&supply};
    rerun(network, {tiny.scenario.study.seed}, watchers, true);
    ASSERT_FALSE(supply.transfers().empty());
    EXPECT_EQ(supply.story(supply.transfers().front()).stays.front().where, "on the way as a message");
}

/// Each stay follows on the one before, whatever the workflow.
TEST(PurchaseStory, HasNoGaps) {
    for (const char* strategy : {"S0", "S1", "S6"}) {
        const auto tiny = loaded("tiny.toml");
        const models::Network network = network_of(tiny, strategy);
        Supply supply(network);
        Watcher* watchers[] = {&supply};
        rerun(network, {tiny.scenario.study.seed}, watchers, true);
        ASSERT_GT(supply.purchases().size(), 50U);
        std::set<std::string> names;
        int automatic = 0, approved = 0, received = 0;
        for (const PurchaseCourse& course : supply.purchases()) {
            EXPECT_TRUE(names.insert(supply.name(course)).second) << supply.name(course);
            const auto stays = course.stays(supply.until());
            for (std::size_t i = 1; i < stays.size(); ++i) EXPECT_EQ(stays[i].from, stays[i - 1].to);
            if (!stays.empty()) {
                EXPECT_EQ(stays.front().from, course.proposed);
            }
            if (course.placed == sim::kNever) continue;
            if (!course.automatic && !course.under_way) {
                EXPECT_NE(course.begun, sim::kNever) << supply.name(course);
                EXPECT_LE(course.begun, course.handled);
                EXPECT_LE(course.handled, course.placed);
                EXPECT_TRUE(course.approval || course.handled == course.placed) << supply.name(course);
            }
            automatic += course.automatic;
            approved += course.approval;
            if (course.known == sim::kNever || course.put == 0) continue;
            ++received;
            EXPECT_LE(course.arrived, course.put_away);
            EXPECT_LE(course.put_away, course.known);
            EXPECT_EQ(course.put + course.not_coming, course.ordered) << supply.name(course);
        }
        EXPECT_GT(received, 20);
        EXPECT_EQ(automatic > 0, std::string(strategy) == "S6");
        EXPECT_TRUE(approved > 0 || std::string(strategy) != "S0");
    }
}

/// The shelf is watched at every event: a dry spell begins and ends with it.
class Shelf : public Watcher {
public:
    void see(const Seen& seen) override {
        const auto& site = seen.world.state.sites[models::SiteId{1}];
        const bool dry = site.truth[models::ItemId{4}].on_hand == 0;
        if (dry && !was_) ++emptied;
        was_ = dry;
    }
    int emptied = 0;

private:
    bool was_ = false;
};

TEST(ItemStory, TellsWhyAShelfRanDry) {
    const auto tiny = loaded("tiny.toml");
    const models::Network network = network_of(tiny, "S0");
    Supply supply(network);
    ItemWatcher item(network, supply, models::SiteId{1}, models::ItemId{4});
    Shelf shelf;
    Watcher* watchers[] = {&supply, &item, &shelf};
    rerun(network, {tiny.scenario.study.seed}, watchers, true);
    ASSERT_FALSE(item.spells().empty());
    EXPECT_GE(shelf.emptied, static_cast<int>(item.spells().size()));
    for (std::size_t i = 1; i < item.spells().size(); ++i) {
        EXPECT_GT(item.spells()[i].from, item.spells()[i - 1].to);
    }
    const DrySpell& longest = *item.longest_spell();
    EXPECT_GE(longest.to - longest.from, sim::days{10});
    const Story story = item.story(std::nullopt);
    EXPECT_EQ(story.name, "A0005 at South");
    EXPECT_THAT(story.closing, HasSubstr("South had no A0005 for "));
    EXPECT_THAT(story.closing, HasSubstr("Headquarters believed then in "));
    EXPECT_THAT(story.closing, HasSubstr("were wanted"));
    EXPECT_THAT(steps_of(story), HasSubstr("warehouse: the shelf is empty"));
    for (const Step& step : story.steps) EXPECT_LE(step.at, longest.to);
    // Of a day on which there was stock there is no time without it to tell.
    EXPECT_EQ(item.spell_of(0), nullptr);
    EXPECT_THAT(item.story(0).closing, HasSubstr("It had stock on that day."));
}

TEST(Worst, IsRankedAndLeadsToStories) {
    const auto tiny = loaded("tiny.toml");
    const models::Network network = network_of(tiny, "S0");
    Supply supply(network);
    Worst worst(network, supply, 4);
    Watcher* watchers[] = {&supply, &worst};
    rerun(network, {tiny.scenario.study.seed}, watchers, true);
    ASSERT_EQ(worst.lists().size(), 5U);
    const Names names(network);
    for (const TellingList& list : worst.lists()) {
        ASSERT_FALSE(list.all.empty()) << list.title;
        EXPECT_LE(list.all.size(), 4U);
        for (std::size_t i = 1; i < list.all.size(); ++i) EXPECT_GE(list.all[i - 1].amount, list.all[i].amount);
        for (const Telling& telling : list.all) {
            const std::string name = telling.option.substr(telling.option.find(' ') + 1);
            EXPECT_TRUE(!telling.option.starts_with("--order") || names.find_order(name)) << name;
            EXPECT_TRUE(!telling.option.starts_with("--purchase") || supply.find_purchase(name)) << name;
        }
    }
}

/// Every kind of message that comes in some scenarios says something, by name.
class Reader : public Watcher {
public:
    explicit Reader(const models::Network& network) : network_(network) {}
    void begin(const models::World& world) override { names_ = std::make_unique<WorldNames>(world); }
    void see(const Seen& seen) override {
        const std::string text = message_text(seen.event, *names_);
        names_->see(seen);
        const auto named = [&](const models::Supplier& one) { return text.find(one.name) != std::string::npos; };
        const bool of_supplier = std::ranges::any_of(network_.suppliers, named);  // who has a number
        EXPECT_TRUE(of_supplier || text.find('#') == std::string::npos) << text;  // no place in memory
        EXPECT_NE(text.find('='), std::string::npos) << int{seen.event.kind()};
        kinds.insert(seen.event.kind());
        days_ = models::day_of(seen.at());
        if (const auto put = seen.message<models::GoodsPutAway>()) {
            EXPECT_THAT(text, HasSubstr("item=" + network_.items[models::ItemId{put->item}].name));
            EXPECT_THAT(text, HasSubstr(fmt::format("units={}", put->units)));
        }
    }
    bool done() const override { return days_ > 60; }
    std::set<int> kinds;

private:
    const models::Network& network_;
    std::unique_ptr<WorldNames> names_;
    int days_ = 0;
};

TEST(MessageText, OfEveryKind) {
    std::set<int> kinds;
    for (const char* file : {"tiny.toml", "history_replay.toml", "validation/planners_transfers.toml",
                             "validation/transshipment.toml", "validation/serial.toml", "validation/moments.toml",
                             "validation/bursty.toml", "validation/dual_index_express.toml",
                             "validation/supply_preparation.toml", "validation/base_stock_lost_sales.toml"}) {
        const auto scenario = loaded(file);
        for (const std::string& strategy : scenarios::strategy_names(scenario.scenario)) {
            const models::Network network = network_of(scenario, strategy);
            Reader reader(network);
            Watcher* watchers[] = {&reader};
            rerun(network, {scenario.scenario.study.seed}, watchers, false);
            kinds.merge(reader.kinds);
        }
    }
    EXPECT_GE(kinds.size(), 40U) << "of " << models::Messages::size;
}

/// Tasks, shipments, lines and complaints are named by orders that came, purchase lines by names that are found.
TEST(MessageText, NamesWhatCanBeExplained) {
    const auto tiny = loaded("tiny.toml");
    const models::Network network = network_of(tiny, "S0");
    class Named : public Watcher {
    public:
        explicit Named(const models::Network& network) : names_(network) {}
        void begin(const models::World& world) override { world_ = std::make_unique<WorldNames>(world); }
        void see(const Seen& seen) override {
            const std::string text = message_text(seen.event, *world_);
            for (const models::OrderPlaced& placed : seen.told<models::OrderPlaced>()) {
                const SiteId site{seen.event.to()};
                orders.insert(names_.order(site, seen.world.state.sites[site].orders[placed.order]));
            }
            world_->see(seen);
            const std::string name = text.substr(text.find('=') + 1);
            if (seen.message<models::PickDone>() && !name.starts_with("TR-")) tasks.push_back(name);
            if (seen.message<models::ShipmentDelivered>()) shipments.push_back(name);
            if (seen.message<models::PatienceEnds>()) lines.push_back(name.substr(name.rfind(' ') + 1));
            if (seen.message<models::EscalationResolved>()) complaints.push_back(name);
            if (seen.message<models::SupplierDelivers>()) purchases.push_back(name.substr(0, name.find(' ')));
        }
        std::set<std::string> orders;
        std::vector<std::string> tasks, shipments, lines, complaints, purchases;

    private:
        using SiteId = models::SiteId;
        Names names_;
        std::unique_ptr<WorldNames> world_;
    } named(network);
    Supply supply(network);
    Watcher* watchers[] = {&named, &supply};
    rerun(network, {tiny.scenario.study.seed}, watchers, true);
    std::erase(named.lines, "over");  // a customer's patience may end long after the line
    for (const auto* some : {&named.tasks, &named.shipments, &named.lines}) {
        EXPECT_GT(some->size(), 20U);
        for (const std::string& name : *some) EXPECT_EQ(named.orders.count(name), 1U) << name;
    }
    for (const std::string& name : named.complaints) {
        EXPECT_TRUE(named.orders.count(name) == 1 || name == "one that is over") << name;
    }
    EXPECT_GT(named.purchases.size(), 20U);
    for (const std::string& name : named.purchases) {
        EXPECT_TRUE(supply.find_purchase(name) != nullptr || name == "one") << name;
    }
}

/// A line that is not here at the end says whether it should have been.
TEST(PurchaseStory, SaysWhetherItWasDue) {
    const auto tiny = loaded("tiny.toml");
    const models::Network network = network_of(tiny, "S0");
    Supply supply(network);
    Watcher* watchers[] = {&supply};
    rerun(network, {tiny.scenario.study.seed}, watchers, true);
    const models::Time end = models::start_of(network.calendar.total_days());
    int overdue = 0, early = 0;
    for (const PurchaseCourse& course : supply.purchases()) {
        if (course.placed == sim::kNever || course.due == sim::kNever || course.arrived != sim::kNever) continue;
        const std::string why = supply.story(course).closing;
        if (course.due < end) {
            EXPECT_THAT(why,
                        HasSubstr("It had not come at the end, " + span_text(end - course.due) + " after it was due"));
            ++overdue;
        } else {
            EXPECT_THAT(why, HasSubstr("It was not yet due at the end"));
            ++early;
        }
    }
    EXPECT_GT(overdue, 0);
    EXPECT_GT(early, 0);
}

/// What is on order of a location, as headquarters counts it, is what its story lists: purchase lines and transfers.
TEST(SupplyStory, ListsAllThatIsOnOrder) {
    const auto tiny = loaded("tiny.toml");
    const models::Network network = network_of(tiny, "S0");
    Supply supply(network);
    class Orders : public Watcher {
    public:
        void see(const Seen& seen) override {
            const auto put = seen.message<models::GoodsPutAway>();
            if (put && put->reference.kind() == models::GoodsReference::transfer)
                shelved.insert(put->reference.index());
            if (!seen.message<models::OfficeCloses>()) return;
            const auto& hq = seen.world.state.headquarters;
            for (std::uint32_t slot = 0; slot < hq.transfers.size(); ++slot) {
                const models::Transfer& transfer = hq.transfers[slot];
                if (!transfer.open) shelved.erase(slot);
                if (transfer.open && shelved.count(slot) == 0) open.push_back({seen.at(), transfer.to, transfer.item});
            }
        }
        struct Open {
            models::Time at;
            models::SiteId to;
            models::ItemId item;
        };
        std::vector<Open> open;
        std::set<std::uint32_t> shelved;  ///< of which headquarters has not heard that they have come
    } orders;
    Watcher* watchers[] = {&supply, &orders};
    rerun(network, {tiny.scenario.study.seed}, watchers, true);
    ASSERT_GT(orders.open.size(), 5U);
    std::size_t listed = 0;
    for (const auto& one : orders.open) {
        listed += supply.under_way(one.to, one.item, one.at).find("TR-") != std::string::npos;
    }
    EXPECT_EQ(listed, orders.open.size());
}

}  // namespace
}  // namespace entrepot::tests
