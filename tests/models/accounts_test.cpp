#include "models/records/accounts.hpp"

#include <cmath>
#include <map>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "models/conservation.hpp"
#include "models/records/order_holds.hpp"
#include "models/small_world.hpp"

/// Customers under contract: which of them order, who is on hold with all of his orders, and whom penalties go to.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

using Books = SmallWorld<PenaltyCharged, OrderPutOnHold, OrderCleared, CaseClosed>;

Network with_accounts(int accounts, double concentration) {
    Network network = quiet_network();
    hear_at_once(network);
    network.tiers[TierId{0}].accounts = accounts;
    network.tiers[TierId{0}].account_concentration = concentration;
    finish(network);
    return network;
}

std::uint32_t account_number(Books& books, std::uint32_t order) {
    return account_of(books.order_at(order), books.network, books.world.draws);
}

/// Zipf's law among ten: the largest one has 1 of 2.929 orders. Binomial, four standard deviations: false alarm 6 in
/// 100,000.
TEST(Accounts, OrderByTheirSizes) {
    const auto share_of_first = [](double concentration) {
        const Network network = with_accounts(10, concentration);
        const sim::Draws draws{7, 0};
        int first = 0;
        std::set<std::uint32_t> seen;
        for (std::uint32_t i = 0; i < 10'000; ++i) {
            Order order;
            order.key = 99;
            order.coordinate = i;
            const std::uint32_t account = account_of(order, network, draws);
            seen.insert(account);
            first += account == 1;
        }
        EXPECT_EQ(seen.size(), 10u);
        EXPECT_EQ(*seen.begin(), 1u);
        EXPECT_EQ(*seen.rbegin(), 10u);
        return first / 10'000.0;
    };
    EXPECT_NEAR(share_of_first(0), 0.1, 4 * std::sqrt(0.09 / 1e4));
    EXPECT_NEAR(share_of_first(1), 1 / 2.929, 4 * std::sqrt(0.225 / 1e4));
}

TEST(Accounts, OfTiersWithoutThemAreNobody) {
    Books books(with_accounts(10, 1));
    EXPECT_NE(account_number(books, books.order(0, {line(1, 1)})), 0u);
    EXPECT_EQ(account_number(books, books.order(1, {line(1, 1)})), 0u);
}

TEST(Accounts, GetPenaltiesOfWhichTheLargestAreKnown) {
    Network network = with_accounts(10, 1);
    network.tiers[TierId{0}].penalty_fixed = network.tiers[TierId{1}].penalty_fixed = Money::of(50);
    network.tiers[TierId{0}].backorder_probability = network.tiers[TierId{1}].backorder_probability = 0;
    network.initial.on_hand[SiteId{0}][ItemId{1}] = 0;
    finish(network);
    Books books(network);
    books.run_until(0, 6);
    std::vector<std::uint32_t> accounts;
    for (int i = 0; i < 60; ++i) {
        Order order;
        order.key = 1000;
        order.coordinate = books.orders;
        accounts.push_back(account_of(order, books.network, books.world.draws));
        books.site().lines.take();  // so that the order is found where it was closed at once
        const OrderHeader header{1000, books.orders++, TierId{0}, 1, false};
        const std::vector<LineRequest> lines{line(1, 5)};
        Context context = books.at_site();
        enter_order(books.site(), header, lines, context);
    }
    ASSERT_EQ(books.all<PenaltyCharged>().size(), accounts.size());
    int large = 0;
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        EXPECT_EQ(books.all<PenaltyCharged>()[i].fact.account, accounts[i]);
        EXPECT_EQ(books.all<PenaltyCharged>()[i].fact.large, accounts[i] == 1);
        large += accounts[i] == 1;
    }
    EXPECT_GT(large, 8);  // of 60 with 0.34: by chance once in 10,000 seeds
    EXPECT_LT(large, 36);
}

/// A quiet site where some orders of three accounts are held for credit.
Network credit(double share, bool whole_account) {
    Network network = with_accounts(3, 0);
    network.holds = {{.name = "credit",
                      .key = sim::entity_hash("hold.credit"),
                      .tiers = {true, false, false},
                      .share = share,
                      .whole_account = whole_account,
                      .clears_median = 5h,
                      .clears_sigma = 0}};
    network.strategy.governance.rights.credit_hold = {Role::system};
    finish(network);
    return network;
}

TEST(Accounts, AreOnHoldWithAllThatTheyOrderMeanwhile) {
    for (const bool whole_account : {true, false}) {
        Books books(credit(0.3, whole_account));
        books.run_until(0, 6);
        std::set<std::uint32_t> on_hold;
        int held = 0, followed = 0, cases = 0;
        for (int i = 0; i < 40; ++i) {
            const std::uint32_t order = books.order(0, {line(1, 1)});
            const Order& book = books.order_at(order);
            const OrderHold& hold = books.network.holds[0];
            const bool own = books.world.draws.at(purpose::hold, book.key ^ hold.key, book.coordinate).uniform() < 0.3;
            const std::uint32_t account = account_number(books, order);
            const bool follows = whole_account && on_hold.contains(account);
            EXPECT_EQ(was_held(books.site(), order), follows || own);
            held += follows || own;
            followed += follows;
            cases += !follows && own;
            if (own) on_hold.insert(account);
        }
        ASSERT_EQ(books.all<OrderPutOnHold>().size(), static_cast<std::size_t>(held));
        EXPECT_EQ(followed > 5, whole_account);
        int told = 0;
        for (const auto& one : books.all<OrderPutOnHold>()) told += one.fact.follows;
        EXPECT_EQ(told, followed);
        check_conservation(books.world);
        books.run_until(0, 10.9);
        EXPECT_EQ(books.all<OrderCleared>().size(), 0u);
        books.run_until(0, 11.2);  // one case of each account clears all of its orders
        EXPECT_EQ(books.all<OrderCleared>().size(), static_cast<std::size_t>(held));
        EXPECT_EQ(books.all<CaseClosed>().size(), static_cast<std::size_t>(cases));
        check_conservation(books.world);
        books.run_until(4, 0);
        EXPECT_TRUE(books.site().held.empty());
    }
}

/// What else holds one of these orders goes on to hold it, and holds it alone.
TEST(Accounts, AreClearedButForWhatAnOrderHasOfItsOwn) {
    Network network = credit(1, true);
    network.tiers[TierId{0}].accounts = 1;
    network.holds.push_back({.name = "data",
                             .key = sim::entity_hash("hold.data"),
                             .reason = HoldReason::data,
                             .share = 0.5,
                             .clears_median = 9h,
                             .clears_sigma = 0});
    network.strategy.governance.rights.data_hold = {Role::system};
    finish(network);
    Books books(network);
    books.run_until(0, 6);
    const std::uint32_t first = books.order(0, {line(1, 1)});
    while (books.all<OrderPutOnHold>().back().fact.holds == 2) books.orders += 100, books.order(0, {line(1, 1)});
    ASSERT_EQ(books.order_at(first).sequence, 0u);
    std::map<std::uint32_t, int> things;
    for (int i = 0; i < 12; ++i) books.order(0, {line(1, 1)});
    for (const auto& one : books.all<OrderPutOnHold>()) things[one.fact.order] = one.fact.holds;
    const int of_first = things[first];
    books.run_until(0, of_first == 2 ? 15.2 : 11.2);
    for (const auto& [order, count] : things) {
        const bool is_cleared = of_first == 2 || count == 1;
        EXPECT_EQ(books.line_of(order).held, !is_cleared) << order;
    }
    books.run_until(0, 15.3);
    EXPECT_EQ(books.all<OrderCleared>().size(), things.size());
    check_conservation(books.world);
}

/// An account that was cleared is as any other.
TEST(Accounts, MayBeOnHoldAgain) {
    Network network = credit(1, true);
    network.tiers[TierId{0}].accounts = 1;
    Books books(network);
    books.run_until(0, 6);
    books.order(0, {line(1, 1)});
    books.run_until(0, 12);
    books.order(0, {line(1, 1)});
    ASSERT_EQ(books.all<OrderPutOnHold>().size(), 2u);
    EXPECT_EQ(books.all<OrderPutOnHold>()[1].fact.follows, 0);
    books.run_until(0, 18);
    EXPECT_EQ(books.all<OrderCleared>().size(), 2u);
}

}  // namespace
}  // namespace entrepot::tests
