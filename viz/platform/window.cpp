#include "viz/platform/window.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <stdexcept>

#include <GLFW/glfw3.h>
#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>

#include "viz/app/app.hpp"
#include "viz/platform/pace.hpp"

namespace entrepot::viz {

namespace {

std::string last_error;

/// GLFW with one window and its context; both go with it.
class Window {
public:
    Window(const Settings& settings, const std::string& title) {
        glfwSetErrorCallback([](int, const char* what) { last_error = what; });
        if (!glfwInit()) throw std::runtime_error("no window can be opened: " + last_error);
        glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
        glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
        glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
        glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
        // A context that is lost is then told, and made anew, instead of drawing into nothing.
        glfwWindowHint(GLFW_CONTEXT_ROBUSTNESS, GLFW_LOSE_CONTEXT_ON_RESET);
        glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
        window_ = glfwCreateWindow(settings.width, settings.height, title.c_str(), nullptr, nullptr);
        if (!window_) {  // not every driver can tell of a loss
            glfwWindowHint(GLFW_CONTEXT_ROBUSTNESS, GLFW_NO_ROBUSTNESS);
            window_ = glfwCreateWindow(settings.width, settings.height, title.c_str(), nullptr, nullptr);
        }
        if (!window_) {
            glfwTerminate();
            throw std::runtime_error("no window with OpenGL 3.3 can be opened: " + last_error);
        }
        glfwMakeContextCurrent(window_);
        glfwSwapInterval(1);
        glfwSetWindowSizeLimits(window_, 480, 320, GLFW_DONT_CARE, GLFW_DONT_CARE);
        glfwShowWindow(window_);
    }
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;
    ~Window() {
        glfwDestroyWindow(window_);
        glfwTerminate();
    }
    GLFWwindow* get() const { return window_; }

private:
    GLFWwindow* window_ = nullptr;
};

/// ImGui's two backends for one window.
class Backends {
public:
    explicit Backends(GLFWwindow* window) {
        ImGui_ImplGlfw_InitForOpenGL(window, true);
        ImGui_ImplOpenGL3_Init("#version 330 core");
    }
    Backends(const Backends&) = delete;
    Backends& operator=(const Backends&) = delete;
    ~Backends() {
        ImGui_ImplOpenGL3_Shutdown();
        ImGui_ImplGlfw_Shutdown();
    }
};

bool context_is_lost() {
    using Status = GLenum (*)();
    static const auto status = reinterpret_cast<Status>(glfwGetProcAddress("glGetGraphicsResetStatus"));
    return status && status() != 0;
}

void draw(App& app, GLFWwindow* window) {
    float screen = 1, ignored = 1;
    glfwGetWindowContentScale(window, &screen, &ignored);
    app.set_screen_scale(screen);
    if (app.prepare()) {
        ImGui_ImplOpenGL3_DestroyFontsTexture();
        ImGui_ImplOpenGL3_CreateFontsTexture();
    }
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplGlfw_NewFrame();
    ImGui::NewFrame();
    app.frame();
    ImGui::Render();
    int width = 0, height = 0;
    glfwGetFramebufferSize(window, &width, &height);
    const ImVec4 ground = ImGui::ColorConvertU32ToFloat4(app.ground());
    glViewport(0, 0, width, height);
    glClearColor(ground.x, ground.y, ground.z, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    glfwSwapBuffers(window);
}

/// True when the user closed the window, false when its context was lost.
bool show_until_closed(App& app, const std::string& title) {
    const Window window(app.settings(), title);
    const Backends backends(window.get());
    FramePace pace;
    while (!glfwWindowShouldClose(window.get()) && !app.closing()) {
        // What rests is drawn four times a second; whatever is done wakes it.
        if (app.moving()) {
            glfwPollEvents();
        } else {
            glfwWaitEventsTimeout(0.25);
        }
        if (glfwGetWindowAttrib(window.get(), GLFW_ICONIFIED)) {
            glfwWaitEventsTimeout(0.25);
            continue;
        }
        draw(app, window.get());
        app.write_status();
        pace.wait();
        if (context_is_lost()) return false;
        glfwGetWindowSize(window.get(), &app.settings().width, &app.settings().height);
    }
    return true;
}

}  // namespace

std::string no_display() {
    const auto unset = [](const char* name) {
        const char* value = std::getenv(name);
        return !value || !*value;
    };
    return unset("DISPLAY") && unset("WAYLAND_DISPLAY") ? "neither DISPLAY nor WAYLAND_DISPLAY is set" : "";
}

void show_window(App& app, const std::string& title) {
    // A lost context takes its window along: a new one is opened, with all that was open in it. A card that is lost
    // again at once is left.
    using Clock = std::chrono::steady_clock;
    constexpr int kMostLosses = 5;
    constexpr std::chrono::minutes kCalm{1};
    for (int losses = 0;;) {
        const auto opened = Clock::now();
        if (show_until_closed(app, title)) return;
        losses = Clock::now() - opened > kCalm ? 1 : losses + 1;
        if (losses == kMostLosses)
            throw std::runtime_error("the graphics card is lost again and again; its driver may say why");
        app.letters_lost();
        std::ranges::fill(ImGui::GetIO().KeysDown, false);  // they are let go in a window that is no more
        std::ranges::fill(ImGui::GetIO().MouseDown, false);
    }
}

}  // namespace entrepot::viz
