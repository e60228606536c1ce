#include <fmt/format.h>
#include <gtest/gtest.h>

#include "invariants/course.hpp"

/// Goods and demand of one instant: whoever comes with the goods is served.
namespace entrepot::tests {
namespace {

TEST(OneInstant, AReceiptServesTheCustomerWhoComesWithIt) {
    for (const char* days : {"1 d", "2 d"}) {
        const int level = days[0] - '0';
        const Course course(kEachDay +
                            fmt::format("[supplier_segment.supplier]\n"
                                        "lead_time_distribution = {{ distribution = \"constant\", mean = \"{}\" }}\n"
                                        "[stock.W]\n"
                                        "reorder_point = {}\n"
                                        "order_up_to = {}\n"
                                        "initial = {}\n",
                                        days, level - 1, level, level));
        EXPECT_EQ(course("unit_fill"), 1) << days;
        EXPECT_EQ(course("mean_backorders"), 0) << days;
    }
}

TEST(OneInstant, AReceiptServesTheCustomerWhosePatienceEndsWithIt) {
    const std::string text =
        std::string(kEachDay) +
        "[stock.W]\nreorder_point = -1\norder_up_to = 0\ninitial = 0\n"
        "[supplier_segment.supplier]\nlead_time_distribution = { distribution = \"constant\", mean = \"2 d\" }\n"
        "[tier.customers]\n";
    const Course in_time(text + "patience = { distribution = \"constant\", mean = \"2 d\" }\n");
    EXPECT_EQ(in_time("lost_share"), 0);
    const Course too_late(text + "patience = { distribution = \"constant\", mean = \"47.9 h\" }\n");
    // Whose unit comes too late leaves, and the unit serves the next one in time: every third customer is lost.
    EXPECT_NEAR(too_late("lost_share"), 1.0 / 3, 0.02);
}

TEST(OneInstant, ScheduledReceiptsAndTheSecondSourceComeBeforeDemand) {
    std::string receipts = std::string(kEachDay) + "[stock.W]\nreorder_point = -100\norder_up_to = -99\ninitial = 0\n";
    for (int day = 1; day < 50; ++day) {
        receipts += fmt::format("[stock.W.scheduled_receipt.r{}]\nunits = 1\nat = \"{} d\"\n", day, day);
    }
    EXPECT_EQ(Course(receipts)("unit_fill"), 1);
    const Course second(
        std::string(kEachDay) +
        "[stock.W]\nreorder_point = -100\norder_up_to = -99\ninitial = 1\n[stock.W.second]\norder_up_to = 1\n"
        "lead_time = { distribution = \"constant\", mean = \"1 d\" }\n");
    EXPECT_EQ(second("unit_fill"), 1);
}

TEST(OneInstant, ADepotsReceiptServesTheOrderThatComesWithIt) {
    // W orders a unit every two days; the depot's supplier takes just as long, from when the depot hears of it.
    const Course course(R"(
[calendar]
warmup = "10 d"
measure = "40 d"
[site.depot]
[stream.customers]
site = "W"
tier = "customers"
interarrival_time = { distribution = "constant", mean = "2 d" }
[supplier_segment.supplier]
lead_time_distribution = { distribution = "constant", mean = "2 d" }
[stock.W]
site = "W"
source = "depot"
transit = { distribution = "constant", mean = "2 d" }
reorder_point = 0
order_up_to = 1
initial = 1
[stock.depot]
site = "depot"
reorder_point = 0
order_up_to = 1
initial = 1
)");
    EXPECT_EQ(course("unit_fill", "site=depot"), 1);
    EXPECT_EQ(course("unit_fill", "site=W"), 1);  // by the truck that comes with the customer
}

TEST(OneInstant, GoodsPassTheDockBeforeTheCustomerOfThatInstant) {
    // 23 hours from the supplier and one to unload: on the shelf when the next customer comes, in no time to put away.
    const Course course(std::string(kEachDay) + R"(
[supplier_segment.supplier]
lead_time_distribution = { distribution = "constant", mean = "23 h" }
[stock.W]
reorder_point = 0
order_up_to = 1
initial = 1
[strategy.rule.integration]
release_interval = "0 s"
[site.W]
handling = "people"
ships_at_once = true
pickers = 1
receivers = 1
productive_share = 1
pick_rate = "60 lines/h"
receive_rate = "1 lines/h"
dock_to_stock = ["0 h", "0 h", "0 h"]
[site.W.shift.all]
start = "00:00"
end = "24:00"
)");
    EXPECT_EQ(course("unit_fill"), 1);
}

}  // namespace
}  // namespace entrepot::tests
