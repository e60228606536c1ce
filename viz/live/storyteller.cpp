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
        : site_(site), item_(item), course_{network.items[item].name, network.sites[site].name, {}, {}, {}} {}
    void begin(const models::World& world) override { look(world); }
    void see(const explain::Seen& seen) override {
        while (seen.at() >= next_) look(seen.world);
    }
    const ItemCourse& course() const { return course_; }

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

    void run(std::vector<explain::Watcher*> watchers) const {
        watchers.insert(watchers.begin(), &stopper);
        explain::rerun(network, which, watchers, false);
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
    }

    void course(const std::string& name) const {
        explain::Supply supply(network);
        run({&supply});
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

}  // namespace

void Storyteller::ask(const std::string& strategy, const std::string& name, int site) {
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
        } else if (name.starts_with("PO-") || name.starts_with("TR-") || name.starts_with("po-") ||
                   name.starts_with("tr-")) {
            request.course(name);
        } else if (const auto order = names.find_order(name)) {
            request.order(*order);
        } else {
            told->trouble = fmt::format(
                "There is nothing of the name {}{}. Orders are named like {}, purchase lines like "
                "PO-SE-A0001-2026-05-12, transfers like TR-NE-SE-A0001-2026-05-12.",
                name, scenarios::suggestion(name, names.items()), fmt::join(names.order_examples(), " or "));
        }
    } catch (const Stopped&) {
        return;
    } catch (const std::exception& error) {
        told->trouble = error.what();
    }
    publish(told);
}

}  // namespace entrepot::viz
