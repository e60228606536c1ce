#include "studies/cli/story_text.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "models/network/calendar.hpp"
#include "studies/cli/terminal.hpp"

namespace entrepot::studies::cli {

using explain::Sight;
using explain::Stay;
using explain::Step;
using explain::Story;

namespace {

using Json = nlohmann::ordered_json;

std::string steps_text(const Story& story, const Clock& clock) {
    std::string text;
    int day = 0;
    bool first = true;
    for (const Step& step : story.steps) {
        const int today = models::day_of(step.at);
        if (first || today != day) text += fmt::format("\n{}\n", clock.day(today));
        first = false;
        day = today;
        text += fmt::format("  {}  {}: {}\n", Clock::hour(step.at), step.who, step.what);
        for (const Sight& sight : step.sights) text += fmt::format("         {}\n", sight.text());
    }
    return text;
}

std::string stays_text(const Story& story, const Clock& clock) {
    if (story.stays.empty()) return "";
    std::size_t longest = 0;
    for (const Stay& stay : story.stays) longest = std::max(longest, stay.where.size());
    std::string text = "\nWhere the time went\n";
    for (const Stay& stay : story.stays) {
        text += fmt::format("  {:<{}}  {:>12}  from {} to {}\n", stay.where, longest, explain::span_text(stay.span()),
                            clock.moment(stay.from), clock.moment(stay.to));
    }
    return text;
}

Json json_of(const Sight& sight) {
    Json json{{"item", sight.item},       {"site", sight.site},           {"on_shelf", sight.on_shelf},
              {"at_dock", sight.at_dock}, {"on_record", sight.on_record}, {"promised", sight.promised},
              {"waiting", sight.waiting}, {"before", sight.before}};
    if (sight.headquarters) {
        json["headquarters_net"] = sight.headquarters->net;
        json["headquarters_on_order"] = sight.headquarters->on_order;
    }
    return json;
}

}  // namespace

std::string origin_text(const StoryOrigin& origin) {
    return fmt::format(
        "Replication {} of {} under {}{}, seed {}. It is one replication: what happens in it need not happen in "
        "others.\n",
        origin.replication, origin.scenario, origin.strategy, origin.title.empty() ? "" : " (" + origin.title + ")",
        origin.seed);
}

namespace {

void add(Json& json, const StoryOrigin& origin) {
    json["scenario"] = origin.scenario;
    json["strategy"] = origin.strategy;
    json["replication"] = origin.replication;
    json["seed"] = origin.seed;
    json["one_replication"] = true;
    if (origin.digest != 0) json["trajectory"] = fmt::format("{:016x}", origin.digest);
    if (!origin.of_study) return;
    json["same_as_study"] = origin.difference.empty();
    if (!origin.difference.empty()) json["difference"] = origin.difference;
}

}  // namespace

std::string worst_text(const std::vector<explain::TellingList>& lists, const StoryOrigin& origin) {
    std::string text = "What went worst\n" + origin_text(origin);
    for (const explain::TellingList& list : lists) {
        text += fmt::format("\n{}\n", list.title);
        for (const explain::Telling& telling : list.all) {
            text += fmt::format("  {}\n    {} {}\n", telling.what, origin.command, telling.option);
        }
    }
    if (lists.empty()) {
        text +=
            "\nNothing: in the measured window no order was late or cost a penalty, and no shelf ran empty over "
            "night.\n";
    }
    return text;
}

std::string worst_json(const std::vector<explain::TellingList>& lists, const StoryOrigin& origin) {
    Json json{{"subject", "worst"}};
    add(json, origin);
    json["lists"] = Json::array();
    for (const explain::TellingList& list : lists) {
        Json one{{"title", list.title}, {"unit", list.unit}, {"all", Json::array()}};
        for (const explain::Telling& telling : list.all) {
            one["all"].push_back({{"what", telling.what}, {"amount", telling.amount}, {"see", telling.option}});
        }
        json["lists"].push_back(std::move(one));
    }
    return json.dump(1) + "\n";
}

std::string story_text(const Story& story, const StoryOrigin& origin, const Clock& clock) {
    std::string text =
        fmt::format("{}{}\n", explain::sentence(story.subject), story.name.empty() ? "" : " " + story.name);
    text += origin_text(origin);
    for (const std::string& about : story.about) text += about + "\n";
    text += steps_text(story, clock);
    text += stays_text(story, clock);
    if (!story.closing.empty()) text += fmt::format("\nWhy\n  {}\n", story.closing);
    if (!story.see.empty()) {
        text += "\nSee also\n";
        for (const std::string& option : story.see) text += fmt::format("  {} {}\n", origin.command, option);
    }
    return text;
}

std::string fitted_around(const std::string& text, const std::string& command) {
    constexpr std::size_t kHanging = 2;
    std::string told, others;
    std::istringstream lines(text);
    const auto tell_others = [&] { told += fitted(std::exchange(others, {}), kHanging); };
    for (std::string line; std::getline(lines, line);) {
        const std::size_t begin = line.find_first_not_of(' ');
        const bool pasted = begin != line.npos && line.compare(begin, command.size(), command) == 0;
        if (pasted) tell_others();
        (pasted ? told : others) += line + "\n";
    }
    tell_others();
    return told;
}

std::string story_json(const Story& story, const StoryOrigin& origin, const Clock& clock) {
    Json json{{"subject", story.subject}, {"name", story.name}};
    add(json, origin);
    json["about"] = story.about;
    json["steps"] = Json::array();
    for (const Step& step : story.steps) {
        Json one{{"at", clock.iso(step.at)}, {"day", clock.number(step.at)}, {"who", step.who}, {"what", step.what}};
        if (!step.sights.empty()) {
            one["seen"] = Json::array();
            for (const Sight& sight : step.sights) one["seen"].push_back(json_of(sight));
        }
        json["steps"].push_back(std::move(one));
    }
    json["stays"] = Json::array();
    for (const Stay& stay : story.stays) {
        json["stays"].push_back({{"where", stay.where},
                                 {"from", clock.iso(stay.from)},
                                 {"to", clock.iso(stay.to)},
                                 {"days", sim::in<sim::days>(stay.span())}});
    }
    json["closing"] = story.closing;
    if (story.outcome) {
        json["cause"] = story.outcome->cause.empty() ? Json(nullptr) : Json(story.outcome->cause);
        json["days_late"] = story.outcome->days_late;
        json["penalty"] = story.outcome->penalty;
        json["lost_margin"] = story.outcome->lost_margin;
    }
    json["see"] = story.see;
    return json.dump(1) + "\n";
}

}  // namespace entrepot::studies::cli
