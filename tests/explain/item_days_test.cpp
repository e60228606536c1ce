#include "studies/item_days.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "explain/told.hpp"
#include "results/kpis/rows.hpp"
#include "studies/explain/item_watcher.hpp"

/// The daily series of chosen items: against the network's, the KPIs, and the stories that are told of them.
namespace entrepot::tests {
namespace {

using namespace studies::explain;
using results::ItemSeries;
using studies::StudyOptions;
using testing::HasSubstr;

StudyOptions options_of(const std::vector<std::string>& strategies, int replications = 1) {
    return {.strategies = strategies, .replications = replications, .seed = 4, .comparator = strategies.front()};
}

results::Study study_of(const scenarios::Loaded& loaded, StudyOptions options, const std::vector<std::string>& names) {
    if (!names.empty()) {
        options.items = studies::chosen_items(scenarios::build(loaded, options.strategies.front()), names, options);
    }
    return studies::run_study(loaded, options, {}, {});
}

/// One series of an item at a site on a day of a study's replication.
int at(const results::Study& study, const results::Replication& run, ItemSeries series, std::size_t item,
       std::size_t site, int day) {
    const std::size_t sites = study.dimensions.sites.size(),
                      days = static_cast<std::size_t>(study.dimensions.total_days);
    return run.item_days.at(((series * study.items.names.size() + item) * sites + site) * days +
                            static_cast<std::size_t>(day));
}

/// The network's series of that name.
float of_network(const results::Study& study, const results::Replication& run, results::Series series, std::size_t site,
                 int day) {
    const std::size_t places = study.dimensions.sites.size() + 1,
                      days = static_cast<std::size_t>(study.dimensions.total_days);
    return run.series.at((series * places + site) * days + static_cast<std::size_t>(day));
}

double kpi(const results::Study& study, const results::Replication& run, const std::string& id,
           const std::string& label, bool denominator = false) {
    for (std::size_t row = 0; row < study.rows.size(); ++row) {
        if (study.rows[row].kpi != id || study.rows[row].label != label) continue;
        return denominator ? run.denominator[row] : run.numerator[row];
    }
    ADD_FAILURE() << id << " " << label;
    return 0;
}

/// Sum over all items.
std::int64_t sum(const results::Study& study, const results::Replication& run, ItemSeries series, std::size_t site,
                 int day) {
    std::int64_t units = 0;
    for (std::size_t i = 0; i < study.items.names.size(); ++i) units += at(study, run, series, i, site, day);
    return units;
}

void expect_sums_of_the_network(const results::Study& study) {
    const std::pair<ItemSeries, results::Series> pairs[]{{results::kItemOrdered, results::kUnitsOrdered},
                                                         {results::kItemFilledFirst, results::kUnitsFilledFirst},
                                                         {results::kItemOnHand, results::kUnitsOnHand},
                                                         {results::kItemOnRecord, results::kUnitsOnRecord}};
    for (const auto& runs : study.replications) {
        for (std::size_t site = 0; site < study.dimensions.sites.size(); ++site) {
            for (int day = 0; day < study.dimensions.total_days; ++day) {
                for (const auto& [mine, theirs] : pairs) {
                    ASSERT_EQ(static_cast<float>(sum(study, runs[0], mine, site, day)),
                              of_network(study, runs[0], theirs, site, day))
                        << "series " << mine << " at site " << site << " on day " << day;
                }
            }
        }
    }
}

TEST(DaysOfItems, OfAllItemsAddUpToTheNetworks) {
    const results::Study study = study_of(loaded("tiny.toml"), options_of({"S0", "S6"}), {"all"});
    EXPECT_EQ(study.items.names.size(), 30u);
    expect_sums_of_the_network(study);
    for (const auto& runs : study.replications) {
        double ordered = 0, filled = 0, cancelled = 0;
        for (int day = study.dimensions.first_day; day < study.dimensions.end_day; ++day) {
            for (std::size_t site = 0; site < 3; ++site) {
                ordered += static_cast<double>(sum(study, runs[0], results::kItemOrdered, site, day));
                filled += static_cast<double>(sum(study, runs[0], results::kItemFilledFirst, site, day));
                cancelled += static_cast<double>(sum(study, runs[0], results::kItemCancelled, site, day));
            }
        }
        EXPECT_EQ(kpi(study, runs[0], "unit_fill", "all"), filled);
        EXPECT_EQ(kpi(study, runs[0], "unit_fill", "all", true), ordered);
        EXPECT_EQ(kpi(study, runs[0], "lost_units", "all"), cancelled);
        EXPECT_GT(cancelled, 0);
        EXPECT_LT(filled, ordered);
    }
}

/// Where a site's own record accounts for what is on order, and orders come in sums of a day.
TEST(DaysOfItems, AddUpWhereTheShelfServes) {
    const scenarios::Loaded six = loaded("six_stocks.toml", {"items.count=3", "calendar.measure=40 d"});
    const results::Study study = study_of(six, options_of({"rule"}), {"all"}),
                         plain = study_of(six, options_of({"rule"}), {});
    expect_sums_of_the_network(study);
    const results::Replication& run = study.replications[0][0];
    EXPECT_EQ(run.numerator, plain.replications[0][0].numerator);
    EXPECT_EQ(run.denominator, plain.replications[0][0].denominator);
    EXPECT_EQ(run.digest, plain.replications[0][0].digest);
    EXPECT_EQ(run.series, plain.replications[0][0].series);
    double waiting = 0, on_order = 0, on_hand = 0;
    for (int day = study.dimensions.first_day; day < study.dimensions.end_day; ++day) {
        for (std::size_t site = 0; site < study.dimensions.sites.size(); ++site) {
            waiting += static_cast<double>(sum(study, run, results::kItemWaiting, site, day));
            on_order += static_cast<double>(sum(study, run, results::kItemOnOrder, site, day));
            on_hand += static_cast<double>(sum(study, run, results::kItemOnHand, site, day));
        }
    }
    EXPECT_EQ(kpi(study, run, "backorders_at_close", "all"), waiting);
    EXPECT_EQ(kpi(study, run, "on_order_at_close", "all"), on_order);
    EXPECT_EQ(kpi(study, run, "on_hand_at_close", "all"), on_hand);
    EXPECT_GT(waiting, 0);
    EXPECT_GT(on_order, 0);
}

/// What lies there changes by what moves; whoever waits had ordered.
TEST(DaysOfItems, Balance) {
    const results::Study study = study_of(loaded("tiny.toml"), options_of({"S0", "S6"}), {"all"});
    std::int64_t adjusted = 0, sent = 0, on_order = 0, waiting = 0;
    for (const auto& runs : study.replications) {
        for (std::size_t site = 0; site < 3; ++site) {
            for (std::size_t item = 0; item < 30; ++item) {
                const auto value = [&](ItemSeries series, int day) {
                    return at(study, runs[0], series, item, site, day);
                };
                int ordered = value(results::kItemOrdered, 0);
                for (int day = 1; day < study.dimensions.total_days; ++day) {
                    const auto there = [&](int d) {
                        return value(results::kItemOnHand, d) + value(results::kItemAtDocks, d);
                    };
                    ASSERT_EQ(there(day) - there(day - 1),
                              value(results::kItemReceived, day) - value(results::kItemShipped, day) -
                                  value(results::kItemSent, day) + value(results::kItemAdjusted, day))
                        << study.items.names[item] << " at site " << site << " on day " << day;
                    ordered += value(results::kItemOrdered, day);
                    ASSERT_LE(value(results::kItemWaiting, day), ordered);
                    ASSERT_GE(value(results::kItemWaiting, day), 0);
                    adjusted += std::abs(value(results::kItemAdjusted, day));
                    sent += value(results::kItemSent, day);
                    on_order += value(results::kItemOnOrder, day);
                    waiting += value(results::kItemWaiting, day);
                }
            }
        }
    }
    for (const std::int64_t seen : {adjusted, sent, on_order, waiting}) EXPECT_GT(seen, 0);
}

/// Headquarters accounts for what it orders: what it believes is on order at the close of each day.
class Account : public Watcher {
public:
    explicit Account(models::LocationId location) : location_(location) {}
    void see(const Seen& seen) override {
        const auto day = static_cast<std::size_t>((seen.at() - sim::kStart) / sim::days{1});
        while (on_order.size() < day) on_order.push_back(last_);  // as the events of the days before left it
        last_ = seen.world.state.headquarters.view[location_].on_order;
    }
    std::vector<models::Units> on_order;  ///< by day

private:
    models::LocationId location_;
    models::Units last_ = 0;
};

TEST(DaysOfItems, AreThoseOfTheStory) {
    const auto tiny = loaded("tiny.toml");
    const results::Study study = study_of(tiny, options_of({"S0"}), {"a0006", "B0001"});
    EXPECT_EQ(study.items.names, (std::vector<std::string>{"A0006", study.items.names[1]}));
    const results::Replication& run = study.replications[0][0];
    const models::Network network = network_of(tiny, "S0");
    const models::SiteId south{1};
    const models::ItemId item{static_cast<std::uint32_t>(study.items.index[0])};
    Supply supply(network);
    ItemWatcher story(network, supply, south, item);
    Account account(models::location_of(south, item, network.sites.size()));
    Watcher* watchers[] = {&supply, &story, &account};
    ASSERT_EQ(rerun(network, {4}, watchers, true).digest, run.digest);
    ASSERT_NE(story.longest_spell(), nullptr);
    const auto close = [](int day) { return models::start_of(day + 1); };
    int dry = 0, ordered = 0;
    for (int day = 0; day < study.dimensions.total_days; ++day) {
        const bool measured = day >= study.dimensions.first_day && day < study.dimensions.end_day;
        if (measured) ordered += at(study, run, results::kItemOrdered, 0, 1, day);
        const bool out = std::ranges::any_of(
            story.spells(), [&](const DrySpell& s) { return s.from < close(day) && (!s.ended || s.to >= close(day)); });
        // In a spell some stock may have come, all of it for those who waited.
        if (at(study, run, results::kItemOnHand, 0, 1, day) == 0) {
            EXPECT_TRUE(out) << day;
            ++dry;
        }
        if (out) {
            EXPECT_TRUE(at(study, run, results::kItemOnHand, 0, 1, day) == 0 ||
                        at(study, run, results::kItemWaiting, 0, 1, day) > 0)
                << day;
        }
    }
    EXPECT_GT(dry, 3);
    EXPECT_THAT(story.about(), HasSubstr(fmt::format("{:.1f} units a day were wanted", ordered / 21.0)));
    ASSERT_GT(account.on_order.size(), 30u);
    for (std::size_t day = 0; day < account.on_order.size(); ++day) {
        EXPECT_EQ(at(study, run, results::kItemOnOrder, 0, 1, static_cast<int>(day)), account.on_order[day]) << day;
    }
    EXPECT_GT(*std::ranges::max_element(account.on_order), 0);
}

TEST(DaysOfItems, ChangeNothingAndAreTheSameForAnyNumberOfThreads) {
    const auto tiny = loaded("tiny.toml");
    StudyOptions options = options_of({"S0", "S1"}, 4);
    options.antithetic = true;
    const results::Study plain = study_of(tiny, options, {}), one = study_of(tiny, options, {"A0001"});
    options.threads = 3;
    const results::Study three = study_of(tiny, options, {"A0001"});
    options.replications = 2;
    options.series = false;
    const results::Study fewer = study_of(tiny, options, {"B0007", "A0001"});
    EXPECT_TRUE(plain.items.empty());
    for (std::size_t s = 0; s < 2; ++s) {
        for (std::size_t r = 0; r < 4; ++r) {
            EXPECT_TRUE(plain.replications[s][r].item_days.empty());
            EXPECT_EQ(one.replications[s][r].numerator, plain.replications[s][r].numerator);
            EXPECT_EQ(one.replications[s][r].digest, plain.replications[s][r].digest);
            EXPECT_EQ(one.replications[s][r].item_days, three.replications[s][r].item_days);
            EXPECT_EQ(one.replications[s][r].item_days.size(), results::kItemSeriesCount * 3 * 42);
        }
        EXPECT_NE(one.replications[s][0].item_days, one.replications[s][1].item_days);
        EXPECT_TRUE(fewer.replications[s][0].series.empty());
        for (int day = 0; day < 42; ++day) {
            EXPECT_EQ(at(fewer, fewer.replications[s][1], results::kItemShipped, 1, 2, day),
                      at(one, one.replications[s][1], results::kItemShipped, 0, 2, day));
        }
    }
}

/// They say nothing of what the best strategy is worth.
TEST(DaysOfItems, AreNotKeptOfFreshReplications) {
    StudyOptions options = options_of({"S0", "S1", "S6"}, 2);
    options.confirm = 2;
    const results::Study study = study_of(loaded("tiny.toml"), options, {"A0001"});
    ASSERT_TRUE(study.confirmation.has_value());
    for (const auto& runs : study.confirmation->replications) {
        ASSERT_EQ(runs.size(), 2u);
        for (const results::Replication& run : runs) EXPECT_TRUE(run.item_days.empty());
    }
    EXPECT_FALSE(study.replications[0][1].item_days.empty());
}

std::string complaint(const std::vector<std::string>& names, const StudyOptions& options) {
    try {
        studies::chosen_items(network_of(loaded("tiny.toml")), names, options);
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
    return "";
}

TEST(DaysOfItems, TellAllThatIsWrongWithTheNames) {
    const std::string told = complaint({"A001", "A0002", "Z99", "a0002"}, options_of({"S0"}));
    EXPECT_THAT(told, HasSubstr("the scenario has no item 'A001' (did you mean A0001?)"));
    EXPECT_THAT(told, HasSubstr("the scenario has no item 'Z99'"));
    EXPECT_THAT(told, HasSubstr("item 'A0002' is named twice"));
    EXPECT_EQ(complaint({"A0002", "ALL"}, options_of({"S0"})).substr(0, 30), "the scenario has no item 'ALL'");
}

/// 12 series of 3 warehouses and 42 days take 6048 bytes an item and run: 1 GB holds 177,535 of them.
TEST(DaysOfItems, SayWhatTooManyOfThemWouldNeed) {
    EXPECT_EQ(complaint({"all"}, options_of({"S0"}, 5917)), "");
    EXPECT_EQ(complaint({"all"}, options_of({"S0"}, 5918)),
              "30 items at 3 warehouses for 42 days under one strategy in 5,918 replications would take 1 GB, want at "
              "most 1 GB: name at most 29 items or fewer strategies, or ask for fewer replications (-n)");
    StudyOptions precise = options_of({"S0", "S6"}, 200'000);
    precise.precision = results::PrecisionGoal{};
    EXPECT_EQ(complaint({"A0001", "A0002"}, precise),
              "2 items at 3 warehouses for 42 days under 2 strategies in up to 200,000 replications would take 4.51 "
              "GB, want at most 1 GB: name fewer strategies, or ask for fewer replications (--most)");
}

}  // namespace
}  // namespace entrepot::tests
