#include "viz/live/storyteller.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/problem.hpp"
#include "studies/explain/item_watcher.hpp"
#include "studies/explain/order_watcher.hpp"
#include "studies/explain/rerun.hpp"

namespace entrepot::viz {

namespace explain = studies::explain;

namespace {

struct Stopped {};

std::string without_spaces_around(const std::string& text) {
    constexpr const char* kSpaces = " \t\r\n";
    const auto first = text.find_first_not_of(kSpaces);
    return first == text.npos ? "" : text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

/// A name of something else than an order begins so.
bool begins(const std::string& name, std::string_view prefix) {
    return explain::same_name(std::string_view(name).substr(0, prefix.size()), prefix);
}

/// Ends a run that nobody waits for any more.
class Stopper final : public explain::Watcher {
public:
    explicit Stopper(std::stop_token stop) : stop_(std::move(stop)) {}
    void see(const explain::Seen&) override {
        if (stop_.stop_requested()) throw Stopped{};
    }
    bool done() const override { return true; }

private:
    std::stop_token stop_;
};

/// Looks at one location four times a day.
class CourseWatcher final : public explain::Watcher {
public:
    CourseWatcher(const models::Network& network, models::SiteId site, models::ItemId item)
        : site_(site), item_(item), course_{.item = network.items[item].name, .site = network.sites[site].name} {}
    void begin(const models::World& world) override { look(world); }
    void see(const explain::Seen& seen) override {
        while (seen.at() >= next_) look(seen.world);
    }
    ItemCourse course() const { return course_; }

private:
    void look(const models::World& world) {
        const models::SiteState& site = world.state.sites[site_];
        const models::Headquarters& hq = world.state.headquarters;
        course_.shelf.push_back(site.truth[item_].on_hand);
        course_.record.push_back(site.record[item_].on_hand);
        course_.believed.push_back(hq.view[hq.location(site_, item_)].net);
        next_ += sim::hours{6};
    }
    models::SiteId site_;
    models::ItemId item_;
    ItemCourse course_;
    models::Time next_ = sim::kStart;
};

/// One request with all that it needs.
struct Request {
    const models::Network& network;
    const studies::Which which;
    Stopper& stopper;
    Told& told;

    /// `whole`: to the end, whoever is done before.
    void run(std::vector<explain::Watcher*> watchers, bool whole = false) const {
        watchers.insert(watchers.begin(), &stopper);
        explain::rerun(network, which, watchers, whole);
    }

    void order(const explain::OrderAddress& address) const {
        explain::OrderWatcher watcher(network, address);
        run({&watcher});
        if (!watcher.found()) {
            told.trouble = "There is no such order in this replication: fewer came on that day.";
        } else {
            told.stories.push_back(watcher.story());
        }
    }

    void item(models::ItemId item, int site) const {
        explain::Supply supply(network);
        std::vector<explain::ItemWatcher> watched;
        std::vector<CourseWatcher> courses;
        for (const auto id : sim::ids<models::SiteId>(network.sites)) {
            if (site >= 0 && id.index() != static_cast<std::size_t>(site)) continue;
            watched.emplace_back(network, supply, id, item);
            courses.emplace_back(network, id, item);
        }
        std::vector<explain::Watcher*> watchers{&supply};
        for (auto& one : watched) watchers.push_back(&one);
        for (auto& one : courses) watchers.push_back(&one);
        run(watchers);
        const auto worst = std::ranges::max_element(watched, {}, [](const auto& w) { return w.dry(); });
        told.stories.push_back(worst->story(std::nullopt));
        told.courses.push_back(courses[static_cast<std::size_t>(worst - watched.begin())].course());
        told.courses.back().why = site >= 0 ? "the warehouse that is followed"
                                  : worst->dry() > decltype(worst->dry()){}
                                      ? "where it was out of stock for longest"
                                      : "the first warehouse: it was out of stock nowhere";
    }

    void course(const std::string& name) const {
        explain::Supply supply(network);
        run({&supply}, true);  // it serves others, and would never be waited for
        if (const auto* purchase = supply.find_purchase(name)) {
            told.stories.push_back(supply.story(*purchase));
        } else if (const auto* transfer = supply.find_transfer(name)) {
            told.stories.push_back(supply.story(*transfer));
        } else {
            told.trouble = fmt::format("This replication has no {}. Items and the list of the worst name some.", name);
        }
    }

    void worst() const {
        constexpr std::size_t kMost = 10;
        explain::Supply supply(network);
        explain::Worst all(network, supply, kMost);
        run({&supply, &all});
        told.lists = all.lists();
    }
};

/// What names of purchase lines and transfers look like here.
std::string course_examples(const models::Network& network, const explain::Names& names) {
    if (network.items.empty() || network.sites.empty()) return "";
    const models::SiteId first{0}, last{network.sites.size() - 1};
    const int day = network.calendar.warmup_days;
    std::string text = fmt::format(", purchase lines like {}", names.purchase(first, models::ItemId{0}, day, 1));
    if (first != last)
        text += fmt::format(", transfers like {}", names.transfer(first, last, models::ItemId{0}, day, 1));
    return text;
}

}  // namespace

void Storyteller::ask(const std::string& strategy, const std::string& asked, int site) {
    const std::string name = without_spaces_around(asked);
    thread_ = std::jthread();  // what was asked before is left
    auto begun = std::make_shared<Told>();
    begun->asked = name, begun->strategy = strategy, begun->busy = true;
    publish(begun);
    thread_ =
        std::jthread([this, strategy, name, site](const std::stop_token& stop) { tell(stop, strategy, name, site); });
}

std::shared_ptr<const Told> Storyteller::told() const {
    const std::scoped_lock lock(mutex_);
    return told_;
}

void Storyteller::publish(std::shared_ptr<const Told> told) {
    const std::scoped_lock lock(mutex_);
    told_ = std::move(told);
}

void Storyteller::settle() {
    if (thread_.joinable()) thread_.join();
}

void Storyteller::tell(const std::stop_token& stop, const std::string& strategy, const std::string& name, int site) {
    auto told = std::make_shared<Told>();
    told->asked = name, told->strategy = strategy;
    try {
        const models::Network network = scenarios::build(loaded_, strategy);
        const explain::Names names(network);
        Stopper stopper(stop);
        const Request request{network, which_, stopper, *told};
        if (name == "worst") {
            request.worst();
        } else if (const auto item = names.item(name)) {
            request.item(*item, site);
        } else if (begins(name, "PO-") || begins(name, "TR-")) {
            request.course(name);
        } else if (const auto order = names.find_order(name)) {
            request.order(*order);
        } else {
            told->trouble = fmt::format("There is nothing of the name {}{}. Orders are named like {}{}.", name,
                                        scenarios::suggestion(name, names.items()),
                                        fmt::join(names.order_examples(), " or "), course_examples(network, names));
        }
    } catch (const Stopped&) {
        return;
    } catch (const std::exception& error) {
        told->trouble = error.what();
    }
    publish(told);
}

}  // namespace entrepot::viz
