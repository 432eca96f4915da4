// The menu of downloads: the picture as PNG, which the browser draws, and closing by Escape.

const SCALE = 2;
const LONGEST = 16000;
const AREA = 1e8;

const menu = document.getElementById("downloads");
const link = menu?.querySelector("[data-png]");

if (link) {
  link.closest("li").hidden = false;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const told = menu.querySelector("[role=status]");
    told.textContent = "";
    draw(link.href)
      .then((blob) => save(blob, link.dataset.png))
      .catch(() => {
        told.textContent = link.dataset.failed;
      });
  });
}

menu?.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && menu.open) {
    menu.open = false;
    menu.querySelector("summary").focus();
    event.stopPropagation();
  }
});
document.addEventListener("click", (event) => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false;
});

async function draw(address) {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  const { naturalWidth: width, naturalHeight: height } = picture;
  const scale = Math.min(SCALE, LONGEST / Math.max(width, height), Math.sqrt(AREA / (width * height)));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png");
  });
}

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const way = document.createElement("a");
  way.href = address;
  way.download = name;
  way.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
