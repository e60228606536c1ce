#include <functional>

#include <gtest/gtest.h>

#include "invariants/small_study.hpp"
#include "models/network/calendar.hpp"
#include "models/simulate.hpp"
#include "sim/run_sequential.hpp"

/// Little's law, exactly: over any span, the integral of the number in a queue is the sum of the times that each one
/// spent in it, with those that were there at the start and those that still are at the end cut off there. The number
/// comes from the state after every event, the times from what was told: two accounts of one thing.
namespace entrepot::tests {
namespace {

using namespace models;

__extension__ using Wide = __int128;
Wide micros(Time t) { return t.time_since_epoch().count(); }

/// One queue: both sides of its law [microseconds times units].
struct Balance {
    std::string name;
    std::function<std::int64_t(const State&)> number;
    Wide integral = 0, sojourn = 0;
    std::int64_t last = 0, in = 0, out = 0, at_start = 0;
    void enter(Time t, std::int64_t units = 1) {
        in += units;
        sojourn -= units * micros(t);
    }
    void leave(Time t, std::int64_t units = 1) {
        out += units;
        sojourn += units * micros(t);
    }
};

/// Integrates the numbers in the queues as the run goes.
class Watch {
public:
    Watch(const World& world, std::vector<Balance>& queues) : world_(world), queues_(queues), then_(world.now) {
        for (Balance& queue : queues_) queue.last = queue.at_start = queue.number(world_.state);
    }
    void handled(const sim::Event& event, const sim::Pending&, std::uint32_t, std::uint32_t) {
        move_to(event.at);
        for (Balance& queue : queues_) queue.last = queue.number(world_.state);
    }
    void finish(Time end) {
        move_to(end);
        for (Balance& queue : queues_) {
            EXPECT_EQ(queue.last, queue.at_start + queue.in - queue.out) << queue.name;
            const Wide sojourn = queue.sojourn + queue.last * micros(end);
            EXPECT_TRUE(queue.integral == sojourn)
                << queue.name << ": " << static_cast<double>(queue.integral) << " " << static_cast<double>(sojourn);
            EXPECT_GT(queue.in, 20) << queue.name;  // something happened in it
        }
    }

private:
    void move_to(Time now) {
        for (Balance& queue : queues_) queue.integral += queue.last * (micros(now) - micros(then_));
        then_ = now;
    }
    const World& world_;
    std::vector<Balance>& queues_;
    Time then_;
};

/// Orders from entry to close at each site, and purchase lines from the order to the report of their receipt.
void expect_law_of_orders(const std::string& strategy) {
    const Network network = scenarios::build(load_shipped("tiny.toml"), strategy);
    std::vector<Balance> queues;
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        queues.push_back({.name = "orders of " + network.sites[site].name, .number = [site](const State& state) {
                              return static_cast<std::int64_t>(state.sites[site].orders.in_use());
                          }});
    }
    // Lines that were under way at the start were ordered before anybody told, and proposed by nobody.
    queues.push_back({.name = "purchase lines", .number = [](const State& state) {
                          std::int64_t open = 0;
                          const auto& lines = state.headquarters.purchases;
                          for (std::uint32_t i = 0; i < lines.size(); ++i) {
                              open += lines[i].open && lines[i].proposed > sim::kStart && lines[i].placed > sim::kStart;
                          }
                          return open;
                      }});
    std::set<std::uint32_t> ordered;
    Balance& purchases = queues.back();
    FactLog log([&](std::span<const Fact> facts) {
        for (const Fact& fact : facts) {
            fact.visit([&]<class Told>(const Told& told) {
                if constexpr (std::is_same_v<Told, OrderPlaced>) queues[fact.where].enter(fact.at);
                if constexpr (std::is_same_v<Told, OrderClosed>) queues[fact.where].leave(fact.at);
                if constexpr (std::is_same_v<Told, PurchaseLineOrdered>) {
                    purchases.enter(fact.at);
                    ordered.insert(told.line);
                }
                if constexpr (std::is_same_v<Told, PurchaseLineReceived>) {
                    if (ordered.erase(told.line) > 0) purchases.leave(fact.at);
                }
            });
        }
    });
    World world = start_world(network, 3, 0, log);
    Watch watch(world, queues);
    const Time end = start_of(network.calendar.total_days()) - sim::hours{7};
    run_sequential(world, end, watch);
    log.flush();
    watch.finish(end);
}

TEST(LittlesLaw, OfOrdersAndPurchases) {
    for (const char* strategy : {"S0", "S1", "S6"}) {
        SCOPED_TRACE(strategy);
        expect_law_of_orders(strategy);
    }
}

/// Units on order and units that customers wait for, under an inventory policy.
TEST(LittlesLaw, OfUnitsUnderAStockRule) {
    const Network network =
        scenarios::build(load_shipped("validation/base_stock_palm.toml",
                                      {"stock.W.order_up_to=20", "stock.W.reorder_point=19", "calendar.measure=200 d"}),
                         "rule");
    const ItemId item{0u};
    std::vector<Balance> queues;
    queues.push_back({.name = "units on order",
                      .number = [&](const State& state) { return state.sites[SiteId{0u}].record[item].on_order; }});
    queues.push_back({.name = "units waited for",
                      .number = [&](const State& state) { return state.sites[SiteId{0u}].record[item].waiting; }});
    FactLog log([&](std::span<const Fact> facts) {
        for (const Fact& fact : facts) {
            fact.visit([&]<class Told>(const Told& told) {
                if constexpr (std::is_same_v<Told, StockOrdered>) queues[0].enter(fact.at, told.units);
                if constexpr (std::is_same_v<Told, LineFirstPass>) {
                    // All wait for what is not there; what is there is shipped at the same moment.
                    queues[1].enter(fact.at, told.ordered);
                }
                if constexpr (std::is_same_v<Told, UnitsShipped>) queues[1].leave(fact.at, told.units);
            });
        }
    });
    World world = start_world(network, 3, 0, log, false, true);  // order by order
    // Arrivals of goods are not told; the observer sees their messages.
    struct Arrivals : Watch {
        Arrivals(const World& w, std::vector<Balance>& q) : Watch(w, q), queues(q) {}
        void handled(const sim::Event& event, const sim::Pending& pending, std::uint32_t before, std::uint32_t after) {
            if (event.kind() == Messages::kind_of<GoodsArrive>()) {
                queues[0].leave(event.at, event.as<GoodsArrive>().units);
            }
            Watch::handled(event, pending, before, after);
        }
        std::vector<Balance>& queues;
    } watch(world, queues);
    const Time end = start_of(150) + sim::hours{5};
    run_sequential(world, end, watch);
    log.flush();
    watch.finish(end);
}

/// Tasks from the order's entry to the end of the pick, with and without the time in service. What is told is rounded
/// to single precision.
TEST(LittlesLaw, OfAQueueOfPicks) {
    const Network network =
        scenarios::build(load_shipped("validation/queue_priorities.toml", {"calendar.measure=60 d"}), "rule");
    double integral_system = 0, integral_queue = 0, told_system = 0, told_queue = 0;
    FactLog log([&](std::span<const Fact> facts) {
        for (const Fact& fact : facts) {
            fact.visit([&]<class Told>(const Told& told) {
                if constexpr (std::is_same_v<Told, TaskDone>) {
                    told_queue += double{told.waited_hours};
                    told_system += double{told.hours};
                }
            });
        }
    });
    World world = start_world(network, 3, 0, log);
    struct Integrate {
        const World& world;
        double& system;
        double& queue;
        Time then = sim::kStart;
        double in_system = 0, in_queue = 0;
        void handled(const sim::Event& event, const sim::Pending&, std::uint32_t, std::uint32_t) {
            move_to(event.at);
            const SiteState& site = world.state.sites[SiteId{0u}];
            in_system = static_cast<double>(site.tasks.in_use());
            in_queue = in_system - site.picking;
        }
        void move_to(Time now) {
            const double hours = sim::in<sim::hours>(now - then);
            system += in_system * hours;
            queue += in_queue * hours;
            then = now;
        }
    } watch{world, integral_system, integral_queue};
    const Time end = start_of(60);
    run_sequential(world, end, watch);
    watch.move_to(end);
    log.flush();
    // Those still there at the end: a pick that has begun was told with its whole time.
    const SiteState& site = world.state.sites[SiteId{0u}];
    for (const std::uint32_t task : site.released) {
        told_queue += sim::in<sim::hours>(end - site.tasks[task].entered);
        told_system += sim::in<sim::hours>(end - site.tasks[task].entered);
    }
    double beyond_end = 0;
    for (sim::Pending pending = world.partitions.front().pending; !pending.empty();) {
        const sim::Event event = pending.pop();
        if (event.kind() == Messages::kind_of<PickDone>()) beyond_end += sim::in<sim::hours>(event.at - end);
    }
    EXPECT_GT(integral_queue, 10);
    EXPECT_NEAR(integral_queue, told_queue, 1e-4 * integral_queue);
    EXPECT_NEAR(integral_system, told_system - beyond_end, 1e-4 * integral_system);
}

}  // namespace
}  // namespace entrepot::tests
