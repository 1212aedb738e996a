"use strict";

async function showStatus() {
  const place = document.getElementById("status");
  try {
    const answer = await fetch("/api/v1/system/status/");
    const status = await answer.json();
    const beat = status.beat.last ? `, last task of beat ${Math.round(status.beat.seconds_ago)} s ago` : "";
    place.textContent = `Backend ${status.release}: ${status.status}${status.reason ? `: ${status.reason}` : ""}${beat}`;
    place.className = answer.ok ? "" : "bad";
  } catch (error) {
    place.textContent = `The backend does not answer: ${error.message}`;
    place.className = "bad";
  }
}

async function showArticles() {
  const answer = await fetch("/api/v1/content/");
  const { articles } = await answer.json();
  document.getElementById("articles").replaceChildren(...articles.map((article) => {
    const item = document.createElement("li");
    item.textContent = "word_count" in article ? `${article.title} (${article.word_count} words)` : article.title;
    return item;
  }));
}

showStatus();
showArticles();
setInterval(showStatus, 5000);
