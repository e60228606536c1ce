#pragma once

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

#include <imgui.h>

#include "viz/app/app.hpp"

/// The window without a window: ImGui with nothing that shows it.
namespace entrepot::viz {

inline std::filesystem::path shipped(const std::string& name) {
    return std::filesystem::path(ENTREPOT_SOURCE_DIR) / "scenarios" / name;
}

class Shown {
public:
    explicit Shown(const std::filesystem::path& file, const OpenOptions& options = {}, Settings settings = {}) {
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
        io.DeltaTime = 1.0F / 60;
        io.MousePos = {-1, -1};
        app.emplace(open(file, options), settings);
        size(1600, 1000);
    }
    Shown(const Shown&) = delete;
    Shown& operator=(const Shown&) = delete;
    ~Shown() {
        app.reset();
        ImGui::DestroyContext();
    }

    void size(float width, float height) { ImGui::GetIO().DisplaySize = {width, height}; }

    /// Draws so many frames; returns the corners of what was drawn in the last.
    int frames(int count = 1) {
        for (int i = 0; i < count; ++i) {
            if (app->prepare()) {
                unsigned char* pixels = nullptr;
                int width = 0, height = 0;
                ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
            }
            ImGui::NewFrame();
            app->frame();
            ImGui::Render();
        }
        return ImGui::GetDrawData()->TotalVtxCount;
    }
    /// Everything asked for is done, and drawn.
    int settled() {
        frames(2);
        if (app->session().ready()) app->session().engine->settle();
        return frames(2);
    }
    void type(std::string_view keys) {
        for (const char key : keys) {
            ImGui::GetIO().AddInputCharacter(static_cast<unsigned char>(key));
            frames();
        }
    }
    /// A key that types nothing; without a window each key is its own number.
    void press(ImGuiKey key) {
        bool& down = ImGui::GetIO().KeysDown[key];
        down = true;
        frames(2);
        down = false;
        frames(2);
    }
    void click(ImVec2 at) {
        ImGuiIO& io = ImGui::GetIO();
        io.MousePos = at;
        frames();
        io.MouseDown[0] = true;
        frames();
        io.MouseDown[0] = false;
        frames();
        io.MousePos = {-1, -1};
    }
    Engine& engine() { return *app->session().engine; }
    models::Time now() { return engine().look()->now; }

    std::optional<App> app;
};

/// A file of its own, away afterwards.
struct TextFile {
    std::filesystem::path path;
    TextFile(const std::string& name, const std::string& text) : path(std::filesystem::temp_directory_path() / name) {
        std::ofstream(path) << text;
    }
    TextFile(const TextFile&) = delete;
    TextFile& operator=(const TextFile&) = delete;
    ~TextFile() { std::filesystem::remove(path); }
};

}  // namespace entrepot::viz
