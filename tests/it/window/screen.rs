//! An interface under test: its frames, the pointer and keys that reach it, and what it says by accessible names.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, TouchPhase, Vec2, ViewportCommand};
use egui_kittest::kittest::{AccessKitNode, By, NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};

/// How long is waited for something before the test has failed.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// How long is waited for another thread before what it may have brought about is looked at all the same.
const PAUSE: Duration = Duration::from_millis(100);

/// What is shown, as far as waiting for it goes.
pub trait State: 'static {
    /// Whether something is still to come although nothing moves.
    fn is_busy(&self) -> bool {
        false
    }

    /// What runs on another thread meanwhile.
    fn job(&self) -> Option<&'static str> {
        None
    }
}

/// The request of another thread for a frame.
#[derive(Default)]
pub struct Wake {
    is_asked: Mutex<bool>,
    asked: Condvar,
}

impl Wake {
    /// Listens to all that asks this context for a frame at once.
    pub fn listen(self: &Arc<Self>, ctx: &egui::Context) {
        let wake = Arc::clone(self);
        ctx.set_request_repaint_callback(move |info| {
            if info.delay.is_zero() {
                *wake.is_asked.lock().unwrap() = true;
                wake.asked.notify_all();
            }
        });
    }

    /// Blocks until a frame is asked for, at most this long. One that was asked for since the last call counts, so none is
    /// missed; it may have been run by then, which costs one frame.
    fn wait(&self, longest: Duration) {
        let is_asked = self.is_asked.lock().unwrap();
        let (mut is_asked, _) = self.asked.wait_timeout_while(is_asked, longest, |is_asked| !*is_asked).unwrap();
        *is_asked = false;
    }
}

/// An interface under test.
pub struct Screen<S: State> {
    pub harness: Harness<'static, S>,
    wake: Arc<Wake>,
}

impl<S: State> Deref for Screen<S> {
    type Target = Harness<'static, S>;

    fn deref(&self) -> &Self::Target {
        &self.harness
    }
}

impl<S: State> DerefMut for Screen<S> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.harness
    }
}

impl<S: State> Screen<S> {
    /// A screen over a harness whose context `wake` listens to.
    pub fn new(harness: Harness<'static, S>, wake: Arc<Wake>) -> Self {
        Self { harness, wake }
    }

    /// Runs frames until nothing moves and no job is left.
    #[track_caller]
    pub fn settle(&mut self) {
        let since = Instant::now();
        loop {
            self.harness.run_ok();
            if !self.harness.state().is_busy() {
                return;
            }
            self.rest(since, "the screen came to rest");
        }
    }

    /// Runs frames until this is so, also while a job runs. `what` is said where it never is.
    #[track_caller]
    pub fn wait_until(&mut self, what: &str, mut is_so: impl FnMut(&Self) -> bool) {
        let since = Instant::now();
        loop {
            self.harness.step();
            if is_so(self) {
                return;
            }
            self.rest(since, what);
        }
    }

    /// Settles until this is so, which comes from outside the program: a file that others change. `what` is said where it never
    /// is.
    #[track_caller]
    pub fn wait_outside(&mut self, what: &str, mut is_so: impl FnMut(&Self) -> bool) {
        let since = Instant::now();
        loop {
            self.settle();
            if is_so(self) {
                return;
            }
            assert!(since.elapsed() < LONGEST_WAIT, "{what}: not in {:?}", since.elapsed());
            self.wake.wait(PAUSE);
        }
    }

    /// Whether no job runs and the last frame asked for no other at once.
    pub fn is_at_rest(&self) -> bool {
        !self.harness.state().is_busy() && !self.delay().is_zero()
    }

    /// How long after the last frame the next one is wanted.
    pub fn delay(&self) -> Duration {
        self.harness.output().viewport_output.values().map(|output| output.repaint_delay).min().unwrap_or(Duration::MAX)
    }

    /// Blocks until a job asks for a frame, or until the last frame asked for the next one.
    #[track_caller]
    fn rest(&self, since: Instant, what: &str) {
        let waited = since.elapsed();
        let job = self.harness.state().job();
        assert!(waited < LONGEST_WAIT, "{what}: not in {waited:?}, while this runs: {job:?}");
        // Delays are of the window's clock, which only frames move on.
        if job.is_some() {
            self.wake.wait(self.delay().min(LONGEST_WAIT - waited));
        }
    }

    /// Runs some frames.
    pub fn steps(&mut self, count: usize) {
        self.harness.run_steps(count);
    }

    /// Runs one frame in which all of this arrives.
    pub fn frame(&mut self, events: impl IntoIterator<Item = Event>) {
        self.harness.input_mut().events.extend(events);
        self.harness.step();
    }

    /// What the last frame asked of the system's window.
    pub fn commands(&self) -> Vec<ViewportCommand> {
        self.harness.output().viewport_output.values().flat_map(|output| output.commands.clone()).collect()
    }

    // Keys.

    /// Presses a key.
    #[track_caller]
    pub fn key(&mut self, key: Key) {
        self.chord(Modifiers::NONE, key);
    }

    /// Presses a key with modifiers.
    #[track_caller]
    pub fn chord(&mut self, modifiers: Modifiers, key: Key) {
        let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        self.frame([Event::ModifiersChanged(modifiers), event(true)]);
        self.frame([event(false), Event::ModifiersChanged(Modifiers::NONE)]);
        self.settle();
    }

    /// Presses a key with Ctrl.
    #[track_caller]
    pub fn ctrl(&mut self, key: Key) {
        self.chord(Modifiers::COMMAND, key);
    }

    /// Presses a key as a keyboard sends it: with the text it makes, in the same frame.
    #[track_caller]
    pub fn strike(&mut self, key: Key, text: &str) {
        self.frame([key_event(key, true), Event::Text(text.to_owned()), key_event(key, false)]);
        self.settle();
    }

    /// Types where the keyboard is.
    #[track_caller]
    pub fn type_text(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.settle();
    }

    /// Pastes where the keyboard is.
    #[track_caller]
    pub fn paste(&mut self, text: &str) {
        self.harness.event(Event::Paste(text.to_owned()));
        self.settle();
    }

    /// Goes on with Tab until something of this name has the keyboard.
    #[track_caller]
    pub fn tab_to(&mut self, name: &str) {
        for _ in 0..80 {
            self.key(Key::Tab);
            if self.focused() == name {
                return;
            }
        }
        panic!("Tab never came to {name}");
    }

    /// The name of what has the keyboard; empty where nothing has it.
    pub fn focused(&self) -> String {
        self.focus().map(|node| name(&node)).unwrap_or_default()
    }

    /// What has the keyboard.
    pub fn focus(&self) -> Option<Node<'_>> {
        self.harness.query_all(By::new().predicate(|node| node.is_focused())).next()
    }

    // Names.

    /// What has this name. Where a label and a button share it, the button.
    #[track_caller]
    pub fn named<'s>(&'s self, name: &'s str) -> Node<'s> {
        let mut all: Vec<Node<'_>> = self.harness.query_all_by_label(name).collect();
        if all.len() > 1 {
            all.retain(|node| node.accesskit_node().role() == Role::Button);
        }
        assert!(all.len() == 1, "{} of the name “{name}”, or of buttons: one is wanted", all.len());
        all.remove(0)
    }

    /// Clicks what has this name.
    #[track_caller]
    pub fn click(&mut self, name: &str) {
        self.named(name).click();
        self.settle();
    }

    /// Clicks the only thing in whose name this stands.
    #[track_caller]
    pub fn click_part(&mut self, part: &str) {
        self.harness.get_by_label_contains(part).click();
        self.settle();
    }

    /// Does what a click does to something that may be out of sight.
    #[track_caller]
    pub fn reach(&mut self, name: &str) {
        self.named(name).click_accesskit();
        self.settle();
    }

    /// Gives the keyboard to what has this name.
    #[track_caller]
    pub fn give_focus(&mut self, name: &str) {
        self.named(name).focus();
        self.settle();
    }

    /// The field for text of this name.
    #[track_caller]
    pub fn field(&self, name: &str) -> Node<'_> {
        let name = name.to_owned();
        self.harness.get(By::new().predicate(move |node| is_text(node) && node.label().as_deref() == Some(&name)))
    }

    /// What a field for text holds.
    #[track_caller]
    pub fn value(&self, name: &str) -> String {
        self.field(name).value().unwrap_or_default()
    }

    /// Puts this in place of what a field holds, and leaves the keyboard there.
    #[track_caller]
    pub fn fill(&mut self, name: &str, text: &str) {
        self.field(name).focus();
        self.settle();
        self.ctrl(Key::A);
        if text.is_empty() {
            self.key(Key::Delete);
        } else {
            self.type_text(text);
        }
    }

    /// The box of this name that opens a list.
    #[track_caller]
    pub fn combo<'s>(&'s self, name: &'s str) -> Node<'s> {
        self.harness.get_by_role_and_label(Role::ComboBox, name)
    }

    /// Opens the list of the box of this name.
    #[track_caller]
    pub fn click_combo(&mut self, name: &str) {
        self.combo(name).click();
        self.settle();
    }

    /// The mark or row whose name starts so.
    #[track_caller]
    pub fn option(&self, start: &str) -> Node<'_> {
        let start = start.to_owned();
        self.harness.get(By::new().predicate(move |node| {
            node.role() == Role::ListBoxOption && node.label().is_some_and(|label| label.starts_with(&start))
        }))
    }

    /// The item of a list whose name starts so: the name of a band, an era on its strip.
    #[track_caller]
    pub fn item(&self, start: &str) -> Node<'_> {
        let start = start.to_owned();
        self.harness.get(By::new().predicate(move |node| {
            node.role() == Role::ListItem && node.label().is_some_and(|label| label.starts_with(&start))
        }))
    }

    /// Clicks the mark or row whose name starts so.
    #[track_caller]
    pub fn select(&mut self, start: &str) {
        self.option(start).click();
        self.settle();
    }

    /// The names of all marks and rows in which this stands, from the top.
    pub fn options(&self, part: &str) -> Vec<String> {
        let options = self.harness.query_all(By::new().role(Role::ListBoxOption));
        let mut options: Vec<(f32, String)> = options.map(|node| (node.rect().top(), name(&node))).collect();
        options.retain(|(_, name)| name.contains(part));
        options.sort_by(|a, b| a.0.total_cmp(&b.0));
        options.into_iter().map(|(_, name)| name).collect()
    }

    /// Whether this stands in the name of something.
    pub fn shows(&self, text: &str) -> bool {
        self.harness.query_all_by_label_contains(text).next().is_some()
    }

    /// Whether something has this name.
    pub fn has(&self, name: &str) -> bool {
        self.harness.query_all_by_label(name).next().is_some()
    }

    /// Whether something is described so: what an offer adds to its title.
    pub fn describes(&self, text: &str) -> bool {
        let describes = |node: &AccessKitNode<'_>| node.description().is_some_and(|words| words.contains(text));
        self.harness.query_all(By::new().predicate(describes)).next().is_some()
    }

    // The pointer.

    /// Moves the pointer.
    pub fn move_to(&mut self, to: Pos2) {
        self.move_holding(Modifiers::NONE, to);
    }

    /// Moves the pointer while modifiers are held.
    pub fn move_holding(&mut self, modifiers: Modifiers, to: Pos2) {
        self.harness.event_modifiers(Event::PointerMoved(to), modifiers);
        self.harness.step();
    }

    /// Presses or lets go the first button; nothing settles.
    pub fn button(&mut self, modifiers: Modifiers, pos: Pos2, pressed: bool) {
        let button = egui::PointerButton::Primary;
        self.harness.event_modifiers(Event::PointerButton { pos, button, pressed, modifiers }, modifiers);
        self.harness.step();
    }

    /// Moves to a point and presses the first button there.
    pub fn press(&mut self, modifiers: Modifiers, at: Pos2) {
        self.move_to(at);
        self.button(modifiers, at, true);
    }

    /// Clicks a point.
    #[track_caller]
    pub fn click_at(&mut self, at: Pos2) {
        self.press(Modifiers::NONE, at);
        self.button(Modifiers::NONE, at, false);
        self.settle();
    }

    /// Clicks a point with the second button.
    #[track_caller]
    pub fn secondary_click(&mut self, at: Pos2) {
        self.move_to(at);
        for pressed in [true, false] {
            let (button, modifiers) = (egui::PointerButton::Secondary, Modifiers::NONE);
            self.frame([Event::PointerButton { pos: at, button, pressed, modifiers }]);
        }
        self.settle();
    }

    /// Drags from a point by so much.
    #[track_caller]
    pub fn drag(&mut self, modifiers: Modifiers, from: Pos2, by: Vec2) {
        self.press(modifiers, from);
        for share in [0.5, 1.0] {
            self.move_holding(modifiers, from + by * share);
        }
        self.button(modifiers, from + by, false);
        self.settle();
    }

    /// Clicks a point twice, in two frames.
    pub fn double_click(&mut self, at: Pos2) {
        self.harness.event(Event::PointerMoved(at));
        let button = |pressed| {
            let (button, modifiers) = (egui::PointerButton::Primary, Modifiers::NONE);
            Event::PointerButton { pos: at, button, pressed, modifiers }
        };
        [true, false, true, false].into_iter().for_each(|pressed| self.harness.event(button(pressed)));
        self.steps(2);
    }

    /// Turns the wheel over a point, and lets what it moves come to rest.
    pub fn wheel(&mut self, modifiers: Modifiers, at: Pos2, delta: Vec2) {
        self.move_to(at);
        let (unit, phase, source) = (MouseWheelUnit::Point, TouchPhase::Move, MouseWheelSource::Wheel);
        let wheel = Event::MouseWheel { unit, delta, phase, source, modifiers };
        self.harness.event_modifiers(wheel, modifiers);
        self.steps(30);
    }
}

/// A key that goes down or comes up, by itself.
pub fn key_event(key: Key, pressed: bool) -> Event {
    Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE }
}

/// Whether a text can be typed into something.
pub fn is_text(node: &AccessKitNode<'_>) -> bool {
    matches!(node.role(), Role::TextInput | Role::MultilineTextInput)
}

/// The accessible name of something.
pub fn name(node: &Node<'_>) -> String {
    node.accesskit_node().label().unwrap_or_default()
}
