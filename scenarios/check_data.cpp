#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "scenarios/checker.hpp"

namespace entrepot::scenarios {

namespace {

using models::ForecastModel;

/// Checks what is assumed of forecasts, what they are told, and how records are looked after.
class DataChecker : Checker {
public:
    DataChecker(const Scenario& scenario, const Tree& tree, Problems& problems, Problems& notes)
        : Checker(scenario, tree, problems), notes_(notes) {}

    void all() {
        for (const auto& [name, strategy] : s_.strategies) {
            forecast(strategy.forecast, {"strategy", name, "forecast"});
            if (strategy.clean_up.terms.items_a_week > 0) {
                inside(strategy.clean_up.start, {"strategy", name, "clean_up", "start"});
            }
        }
        announcements();
    }

private:
    void forecast(const ForecastPart& part, const Path& path) {
        const ForecastModel& model = part.terms;
        const std::vector<std::string> classes = names_of(s_.classes);
        for (const auto& [name, value] : part.wmape) {
            const bool known = names(name, classes, below(below(path, "wmape"), name), "a class");
            if (!known || model.from != ForecastModel::From::assumed) continue;
            require(value >= std::abs(model.bias), below(below(path, "wmape"), name), fmt::format("{:g}", value),
                    fmt::format("{:g} or more: the bias is a part of it", std::abs(model.bias)));
        }
        if (model.from == ForecastModel::From::assumed) {
            std::vector<std::string> unsaid;
            for (const std::string& each : classes) {
                if (position(part.wmape, each) == part.wmape.size()) unsaid.push_back(each);
            }
            require(unsaid.empty(), below(path, "wmape"),
                    fmt::format("nothing for class{} {}", unsaid.size() > 1 ? "es" : "", fmt::join(unsaid, ", ")),
                    "an error of each");
        }
        if (model.knows_demand()) knows_demand(below(path, "source"));
    }

    void knows_demand(const Path& path) {
        const bool exact = s_.demand.history && s_.demand.history->mode == 0;
        require(!exact, path, "a forecast that knows the demand beside a recorded one that is replayed",
                "demand.history.mode = \"rates\": only rates are expected");
        require(s_.streams.empty(), path, "a forecast that knows the demand beside a [stream.NAME]",
                "demand by the day: orders that come one after the other have no expectation");
        if (tree_.by_people) {
            notes_.push_back(at(
                tree_, path, "the strategy sees demand that nobody can know: what it is worth is a bound, no offer"));
        }
    }

    void announced(const Announcement& told, const Path& path, double end) {
        if (!told.on_day) return;
        require(*told.on_day < end, below(path, "told_on"), fmt::format("day {:g}", *told.on_day),
                fmt::format("one before day {:g}, when it is over", end));
    }

    void announcements() {
        if (s_.spike) announced(s_.spike->told, {"spike"}, s_.calendar.measure_days + s_.calendar.cooldown_days);
        for (const auto& [name, promotion] : s_.promotions) {
            const int dip = promotion.dip < 1 ? promotion.dip_days : 0;
            announced(promotion.told, {"promotion", name}, promotion.day + promotion.days + dip);
        }
    }

    Problems& notes_;
};

}  // namespace

void check_data(const Scenario& scenario, const Tree& tree, Problems& problems, Problems& notes) {
    DataChecker(scenario, tree, problems, notes).all();
}

}  // namespace entrepot::scenarios
